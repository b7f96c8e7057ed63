import { WebClient, type WebClientOptions } from '@slack/web-api';
import { fetchFromSlack } from './fetch-from-slack.ts';
import { CALL_TIMEOUT_MS } from './slack-limits.ts';
import type { SlackSettings } from './slack-settings.ts';
import { slackTrouble } from './to-failure.ts';

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
    fetch: fetchFromSlack(apiUrl),
    ...(apiUrl !== undefined && { slackApiUrl: apiUrl }),
  };
}

export function createClient(settings: Pick<SlackSettings, 'apiUrl' | 'botToken' | 'logger' | 'observe'>): WebClient {
  return new ObservedClient(settings);
}

/** WebClient's named methods are bound to `apiCall` as they are made, so it has to be there by then. */
class ObservedClient extends WebClient {
  private readonly observe: NonNullable<SlackSettings['observe']>;

  constructor(settings: Pick<SlackSettings, 'apiUrl' | 'botToken' | 'logger' | 'observe'>) {
    super(settings.botToken, clientOptions(settings));
    this.observe = settings.observe ?? (() => undefined);
  }

  override async apiCall(...call: Parameters<WebClient['apiCall']>): ReturnType<WebClient['apiCall']> {
    const [method] = call;
    try {
      const answer = await super.apiCall(...call);
      this.observe({ method, outcome: 'ok' });
      return answer;
    } catch (error) {
      this.observe({ method, outcome: outcomeOf(error) });
      throw error;
    }
  }
}

function outcomeOf(error: unknown): string {
  const trouble = slackTrouble(error);
  return trouble?.kind === 'refused' ? trouble.code : (trouble?.kind ?? 'defect');
}
