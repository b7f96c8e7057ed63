/** Slack acknowledges for us after 3 s with an error: https://docs.slack.dev/interactivity/implementing-slash-commands */
export const ACKNOWLEDGE_WITHIN_MS = 2_000;

/** Requests older or newer than this are refused: https://docs.slack.dev/authentication/verifying-requests-from-slack */
export const SIGNATURE_TOLERANCE_SECONDS = 300;

/** Far above what Slack sends, so that an oversized text still gets a helpful answer. */
export const LARGEST_BODY = '2mb';

/** One call to Slack; WebClient's own default is to wait for ever. */
export const CALL_TIMEOUT_MS = 10_000;

/** All tries of one call together, waits for `Retry-After` included. */
export const CALL_BUDGET_MS = 40_000;

/** Who asks is looked up before the acknowledgement: what is not told by then counts as unknown. */
export const LOOK_UP_WITHIN_MS = 1_200;
