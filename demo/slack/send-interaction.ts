import { fieldsOf } from './fields-of.ts';
import { postSigned, type SignedRequest } from './post-signed.ts';

export interface InteractionRequest extends SignedRequest {
  /** `message_action`, `shortcut`, `view_submission` or `block_actions`, with what belongs to it. */
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Sends what Slack sends when somebody uses a shortcut, a form or a button; resolves with the acknowledgement. */
export async function sendInteraction(
  request: InteractionRequest,
): Promise<{ readonly status: number; readonly body: Readonly<Record<string, unknown>> }> {
  const response = await postSigned(request, {
    path: '/slack/interactions',
    type: 'application/x-www-form-urlencoded',
    body: new URLSearchParams({ payload: JSON.stringify(request.payload) }).toString(),
  });
  const text = await response.text();
  return { status: response.status, body: fieldsOf(text.startsWith('{') ? JSON.parse(text) : {}) };
}
