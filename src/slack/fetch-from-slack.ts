import type { WebClientOptions } from '@slack/web-api';
import { CALL_TIMEOUT_MS } from './slack-limits.ts';

type Fetch = NonNullable<WebClientOptions['fetch']>;

const SLACK_API = 'https://slack.com/api/';

/**
 * What our calls go out by, and what Bolt posts to a `response_url` by. Such a URL comes with the payload: Slack has
 * signed it, but nothing is posted to a host that is not Slack's all the same.
 */
export function fetchFromSlack(apiUrl = SLACK_API): Fetch {
  return async (url, init) => {
    if (String(url).startsWith(apiUrl)) return fetchAnswer(String(url), init);
    if (!isOfSameSlack(String(url), apiUrl)) throw new Error('a response_url that is not of Slack');
    return fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(CALL_TIMEOUT_MS) });
  };
}

/** `hooks.slack.com` beside `slack.com`; beside a local Slack its own host. */
function isOfSameSlack(url: string, apiUrl: string): boolean {
  if (!URL.canParse(url)) return false;
  const [asked, api] = [new URL(url), new URL(apiUrl)];
  const isOfHost = asked.hostname === api.hostname || asked.hostname.endsWith(`.${api.hostname}`);
  return isOfHost && asked.protocol === api.protocol;
}

/**
 * Fetches an answer to its end. WebClient takes a body that breaks off for a defect, and a proxy's page for a refusal
 * with that page as its code; to us both are silence: nobody knows whether the call was carried out. Every answer is a
 * JSON object with `ok`: https://docs.slack.dev/apis/web-api/
 */
async function fetchAnswer(url: string, init: RequestInit | undefined): Promise<Response> {
  const response = await fetch(url, init);
  if (response.status !== 200) return response;
  const body = await response.text();
  if (!isAnswer(body)) throw new UnreadableAnswer();
  return new Response(body, { headers: response.headers });
}

class UnreadableAnswer extends Error {
  override readonly name = 'UnreadableAnswer';
}

function isAnswer(body: string): boolean {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && 'ok' in value && typeof value.ok === 'boolean';
  } catch {
    return false;
  }
}
