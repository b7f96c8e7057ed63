import { LookupEventsCommand, type Event } from '@aws-sdk/client-cloudtrail';
import type { TrailReading } from '../changes/history.ts';
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
    await turnOf(asking, takeTurn);
    const answer = await callAws({ ...asking, round: asking.round + page }, 'LookupEvents', (options) =>
      asking.clients.cloudTrail().send(
        new LookupEventsCommand({
          LookupAttributes: [{ AttributeKey: 'ResourceName', AttributeValue: objectId }],
          MaxResults: PAGE_SIZE,
          NextToken,
        }),
        options,
      ),
    );
    events.push(...(answer.Events ?? []));
    NextToken = answer.NextToken;
    const oldest = timeOf(events.at(-1));
    if (NextToken === undefined) return { objectId, events: textsOf(events), knownSince: longAgo() };
    if (oldest !== undefined && oldest < since) break;
  }
  return { objectId, events: textsOf(events), knownSince: timeOf(events.at(-1)) ?? Infinity };
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
