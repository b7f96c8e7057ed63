import type { AccessCheck } from '../src/aws/check-access.ts';
import { explainFailure } from '../src/explain/explain-failure.ts';
import { plainText } from '../src/explain/plain-text.ts';
import type { Failure } from '../src/failure/failure.ts';
import { assertNever } from '../src/lang/exhaustive.ts';
import type { SlackCheck } from '../src/slack/check-slack.ts';

/** One line of the doctor: what was found, and how to mend it. */
export interface Remark {
  /** `lesser`: the bot works, and would work better. */
  readonly state: 'fine' | 'lesser' | 'broken';
  readonly what: string;
  readonly mend?: string;
}

const FROM_THE_MANIFEST = 'update the Slack app from manifest.json and install it again';

export function slackRemark(check: SlackCheck): Remark {
  switch (check.kind) {
    case 'token':
      return check.ok
        ? { state: 'fine', what: `the bot token is good: ${check.user} in ${check.team}` }
        : {
            state: 'broken',
            what: `Slack refuses the bot token (${check.because})`,
            mend: 'set SLACK_BOT_TOKEN to the Bot User OAuth Token of the app (xoxb-…)',
          };
    case 'app-token':
      return check.ok
        ? { state: 'fine', what: 'the app-level token opens Socket Mode' }
        : {
            state: 'broken',
            what: `Slack refuses the app-level token (${check.because})`,
            mend: 'make an app-level token with connections:write, switch Socket Mode on, and set SLACK_APP_TOKEN (xapp-…)',
          };
    case 'scope':
      return {
        state: check.needed ? 'broken' : 'lesser',
        what: `the scope ${check.scope} is missing: ${check.for}`,
        mend: FROM_THE_MANIFEST,
      };
    default:
      return assertNever(check);
  }
}

/** By account and region: what is allowed in one line, what is refused in a line each. */
export function awsRemarks(checks: readonly AccessCheck[]): readonly Remark[] {
  const places = new Set(checks.map(placeOf));
  return [...places].flatMap((place) =>
    placeRemarks(
      place,
      checks.filter((check) => placeOf(check) === place),
    ),
  );
}

function placeOf({ place: { accountId, region } }: AccessCheck): string {
  return accountId === undefined ? region : `${accountId} ${region}`;
}

function placeRemarks(place: string, checks: readonly AccessCheck[]): readonly Remark[] {
  const refused = checks.filter((check) => check.refused !== undefined);
  const allowed = checks.length - refused.length;
  const summary: Remark = { state: 'fine', what: `${place}: ${allowed} of ${checks.length} actions allowed` };
  return [...(allowed > 0 ? [summary] : []), ...refused.map((check) => refusedRemark(place, check))];
}

function refusedRemark(place: string, { action, about, refused, ...asked }: AccessCheck): Remark {
  const loss = asked.for === 'paths-and-audits' ? `, which paths and audits need to ${asked.purpose}` : '';
  const what = `${place}: ${action}${about === undefined ? '' : ` on ${about}`} is refused${loss}`;
  if (refused?.kind === 'missing-permission') {
    return { state: 'lesser', what, mend: 'allow it: `vpc-why iam-policy` prints the whole read-only policy' };
  }
  if (refused?.kind === 'no-such-resource' && about !== undefined) {
    return {
      state: 'lesser',
      what: `${place}: a flow log writes to ${about}, which does not exist`,
      mend: 'make it again, or delete the flow log',
    };
  }
  return refused === undefined ? { state: 'fine', what } : { ...failureRemark(refused), state: 'broken' };
}

export function failureRemark(failure: Failure): Remark {
  const { summary, blocks } = explainFailure(failure, 'vpc-why');
  const remedies = blocks.flatMap((block) => (block.kind === 'paragraph' ? [plainText(block.spans)] : []));
  return { state: 'broken', what: summary, ...(remedies.length > 0 && { mend: remedies.join(' ') }) };
}
