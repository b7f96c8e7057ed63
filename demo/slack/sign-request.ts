import { createHmac } from 'node:crypto';

/** Slack's signature over a body: https://docs.slack.dev/authentication/verifying-requests-from-slack */
export function signRequest(secret: string, body: string, timestamp: number): Record<string, string> {
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': String(timestamp), 'x-slack-signature': `v0=${digest}` };
}
