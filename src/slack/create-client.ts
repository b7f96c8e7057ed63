import { WebClient, type WebClientOptions } from '@slack/web-api';
import { CALL_TIMEOUT_MS } from './slack-limits.ts';
import type { SlackSettings } from './slack-settings.ts';

/**
 * WebClient's defaults are ten retries over half an hour, no time-out, and silent waits when rate limited. Here a call
 * ends in seconds and `call-slack.ts` decides what is safe to try again.
 */
export function clientOptions({ apiUrl, logger }: Pick<SlackSettings, 'apiUrl' | 'logger'>): WebClientOptions {
  return {
    logger,
    timeout: CALL_TIMEOUT_MS,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    ...(apiUrl !== undefined && { slackApiUrl: apiUrl }),
  };
}

export function createClient(settings: Pick<SlackSettings, 'apiUrl' | 'botToken' | 'logger'>): WebClient {
  return new WebClient(settings.botToken, clientOptions(settings));
}
