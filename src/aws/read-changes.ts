import {
  LookupEventsCommand,
  type Event,
  type LookupEventsCommandInput,
  type LookupEventsCommandOutput,
} from '@aws-sdk/client-cloudtrail';
import type { TrailReading } from '../changes/history.ts';
import { ExpectedError } from '../failure/expected-error.ts';
import type { EpochSeconds } from '../lang/time.ts';
import { asExpected, callAws, type Asking } from './call-aws.ts';
import type { TakeTurn } from './pace-calls.ts';

export interface ChangesOf {
  readonly objectId: string;
  /** Not older than this is wanted; what else stands on a page comes along. */
  readonly since: EpochSeconds;
  readonly takeTurn: TakeTurn;
}

/** AWS's most (API-57). */
const PAGE_SIZE = 50;
/** Each costs half a second of everybody's allowance. */
const MOST_PAGES = 3;
/** As the SDK has for other calls. */
const MOST_ATTEMPTS = 3;
/** CloudTrail's memory (API-57). */
const REMEMBERED_SECONDS = 90 * 86_400;

/**
 * The events that name one object, newest first. Asked without a time: what came before the rejects tells what a change
 * replaced, and costs nothing while it stands on the same page.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
export async function readChanges(asking: Asking, { objectId, since, takeTurn }: ChangesOf): Promise<TrailReading> {
  const events: Event[] = [];
  let NextToken: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const ofPage = { ...asking, round: asking.round + page };
    const answer = await lookUp(ofPage, takeTurn, {
      LookupAttributes: [{ AttributeKey: 'ResourceName', AttributeValue: objectId }],
      MaxResults: PAGE_SIZE,
      NextToken,
    });
    events.push(...(answer.Events ?? []));
    NextToken = answer.NextToken;
    const oldest = timeOf(events.at(-1));
    if (NextToken === undefined) return { objectId, events: textsOf(events), knownSince: longAgo() };
    if (oldest !== undefined && oldest < since) break;
  }
  return { objectId, events: textsOf(events), knownSince: timeOf(events.at(-1)) ?? Infinity };
}

/** An attempt is a call like any other: it waits for its turn. */
async function lookUp(
  asking: Asking,
  takeTurn: TakeTurn,
  input: LookupEventsCommandInput,
): Promise<LookupEventsCommandOutput> {
  for (let attempt = 1; ; attempt += 1) {
    await turnOf(asking, takeTurn);
    try {
      return await callAws(asking, 'LookupEvents', (options) =>
        asking.clients.cloudTrail().send(new LookupEventsCommand(input), options),
      );
    } catch (error) {
      if (attempt === MOST_ATTEMPTS || !mayPass(error) || asking.signal.aborted) throw error;
    }
  }
}

function mayPass(error: unknown): boolean {
  return error instanceof ExpectedError && (error.failure.kind === 'throttled' || error.failure.kind === 'unreachable');
}

/** The smallest question there is, to see whether it may be asked. */
export function tryLookup(asking: Asking): Promise<unknown> {
  const LookupAttributes = [{ AttributeKey: 'ResourceName' as const, AttributeValue: 'vpc-why' }];
  return callAws(asking, 'LookupEvents', (options) =>
    asking.clients.cloudTrail().send(new LookupEventsCommand({ LookupAttributes, MaxResults: 1 }), options),
  );
}

async function turnOf(asking: Asking, takeTurn: TakeTurn): Promise<void> {
  const { accountId = '', region } = asking.place;
  try {
    await takeTurn(`LookupEvents ${accountId} ${region}`, asking.signal);
  } catch (error) {
    throw asExpected(error, asking, 'LookupEvents');
  }
}

/** One attribute a call, so that who only reads is left out here (API-58). */
function textsOf(events: readonly Event[]): readonly string[] {
  return events.flatMap(({ ReadOnly, CloudTrailEvent }) => (ReadOnly === 'true' ? [] : (CloudTrailEvent ?? [])));
}

function timeOf(event: Event | undefined): EpochSeconds | undefined {
  return event?.EventTime === undefined ? undefined : Math.floor(event.EventTime.getTime() / 1000);
}

function longAgo(): EpochSeconds {
  return Math.floor(Date.now() / 1000) - REMEMBERED_SECONDS;
}
