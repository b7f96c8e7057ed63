import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { assertNever } from '../lang/exhaustive.ts';
import { ExpectedError } from '../failure/expected-error.ts';

/** What went wrong with a call to Slack, in terms of what may be done next. */
export type SlackTrouble =
  /** Slack answered no: the code says why. Trying again gives the same answer. */
  | { readonly kind: 'refused'; readonly code: string }
  /** Not carried out: try again after the wait. */
  | { readonly kind: 'rate-limited'; readonly retryAfterSeconds: number }
  /** Nobody knows whether it was carried out. */
  | { readonly kind: 'unanswered'; readonly detail: string };

export function slackTrouble(error: unknown): SlackTrouble | undefined {
  if (error instanceof WebAPIPlatformError) return { kind: 'refused', code: error.data.error };
  if (error instanceof WebAPIRateLimitedError) return { kind: 'rate-limited', retryAfterSeconds: error.retryAfter };
  if (error instanceof WebAPIHTTPError) return { kind: 'unanswered', detail: `HTTP ${error.statusCode}` };
  if (error instanceof WebAPIRequestError) return { kind: 'unanswered', detail: causeOf(error.original) };
  return undefined;
}

/** The one shape in which trouble with Slack leaves this edge. Anything else is a defect and passes as it is. */
export function toSlackFailure(error: unknown): unknown {
  const trouble = slackTrouble(error);
  if (trouble === undefined) return error;
  return new ExpectedError({ kind: 'unreachable', service: 'Slack', detail: detailOf(trouble) }, { cause: error });
}

function detailOf(trouble: SlackTrouble): string {
  switch (trouble.kind) {
    case 'refused':
      return trouble.code;
    case 'rate-limited':
      return `rate limited for ${trouble.retryAfterSeconds} s`;
    case 'unanswered':
      return trouble.detail;
    default:
      return assertNever(trouble);
  }
}

/** `fetch failed` says nothing; its cause does. */
function causeOf(error: Error): string {
  const cause = error.cause instanceof Error ? error.cause : error;
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name;
}
