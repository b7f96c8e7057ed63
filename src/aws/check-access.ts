import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { ExpectedError } from '../failure/expected-error.ts';
import type { Failure, Place } from '../failure/failure.ts';
import type { FlowLogDestination } from '../vpc/flow-log.ts';
import { parseSnapshot } from '../vpc/parse-snapshot.ts';
import { callAws, type Asking } from './call-aws.ts';
import { continueChain } from './chain.ts';
import { CALLS, type AwsCall, type CallName } from './calls.ts';
import { describe, describeDryRun } from './describe.ts';
import { isDescribeName } from './describes.ts';
import { isDetailName } from './details.ts';
import { readCallerAccount } from './own-account.ts';
import { tryLookup } from './read-changes.ts';
import { tryDetail } from './read-detail.ts';
import { tryLogGroups } from './find-log-group.ts';
import { tryVpcAttribute } from './read-vpc-attributes.ts';

/** Whether one action is allowed in one place, for `vpc-why doctor`. */
export interface AccessCheck {
  readonly place: Place;
  readonly action: string;
  /** What a refusal costs. */
  readonly for: AwsCall['for'];
  readonly purpose: string;
  /** The log group or bucket that was tried. */
  readonly about?: string;
  /** Absent: allowed. */
  readonly refused?: Failure;
}

/** Enough to see whether destinations can be read at all, without a walk through all of them. */
const DESTINATIONS_TRIED = 5;

/**
 * Tries every action in one account and region with dry runs (API-37) and the smallest reads. Without credentials there
 * is one line that says so and nothing else. `s3:GetObject` cannot be tried without an object and is left out.
 */
export async function checkAccess(asking: Asking): Promise<readonly AccessCheck[]> {
  let accountId: string | undefined;
  const identity = await check(asking, { call: 'GetCallerIdentity' }, async () => {
    accountId = await readCallerAccount(asking);
  });
  if (accountId === undefined) return [identity];
  const known = { ...asking, place: { ...asking.place, accountId } };
  const names = Object.keys(CALLS);
  const [destinations, ...described] = await Promise.all([
    checkDestinations(known),
    ...names.filter(isDescribeName).map((call) => check(known, { call }, () => describeDryRun(known, call))),
    ...names.filter(isDetailName).map((call) => check(known, { call }, () => tryDetail(known, call))),
    check(known, { call: 'DescribeVpcAttribute' }, () => tryVpcAttribute(known)),
    check(known, { call: 'DescribeLogGroups' }, () => tryLogGroups(known)),
    check(known, { call: 'LookupEvents' }, () => tryLookup(known)),
  ]);
  return [{ ...identity, place: known.place }, ...described, ...destinations];
}

interface Subject {
  readonly call: CallName;
  readonly about?: string;
}

async function check(asking: Asking, subject: Subject, attempt: () => Promise<unknown>): Promise<AccessCheck> {
  const { action, for: serves, purpose } = CALLS[subject.call];
  const line = {
    place: asking.place,
    action,
    for: serves,
    purpose,
    ...(subject.about === undefined ? {} : { about: subject.about }),
  };
  try {
    await attempt();
    return line;
  } catch (error) {
    if (!(error instanceof ExpectedError) || error.failure.kind === 'cancelled') throw error;
    return wouldHaveWorked(error, subject) ? line : { ...line, refused: error.failure };
  }
}

/** "It would have worked" comes as an error; so does that nobody is there to ask about, which is said to who may ask. */
function wouldHaveWorked({ cause, failure }: ExpectedError, { about }: Subject): boolean {
  const isDryRun = cause instanceof Error && cause.name === 'DryRunOperation';
  return isDryRun || (failure.kind === 'no-such-resource' && about === undefined);
}

/** A policy usually names its log groups and buckets, so only real ones tell whether it covers them. */
async function checkDestinations(asking: Asking): Promise<readonly AccessCheck[]> {
  const destinations = await readDestinations({ ...asking, pages: 1 });
  const next = continueChain(asking);
  return Promise.all(
    destinations.slice(0, DESTINATIONS_TRIED).flatMap((destination) => checkDestination(next, destination) ?? []),
  );
}

async function readDestinations(asking: Asking): Promise<readonly FlowLogDestination[]> {
  try {
    const { items } = await describe(asking, 'DescribeFlowLogs');
    const { accountId = '', region } = asking.place;
    const { flowLogs } = parseSnapshot([{ accountId, region, FlowLogs: items }]);
    return [...new Map(flowLogs.map(({ destination }) => [nameOf(destination), destination])).values()];
  } catch (error) {
    // The dry run of the same call says why.
    if (error instanceof ExpectedError) return [];
    throw error;
  }
}

function nameOf(destination: FlowLogDestination): string {
  if (destination.kind === 'cloud-watch-logs') return destination.logGroup;
  return destination.kind === 's3' ? destination.bucket : destination.arn;
}

function checkDestination(asking: Asking, destination: FlowLogDestination): Promise<AccessCheck> | undefined {
  const about = nameOf(destination);
  if (destination.kind === 'cloud-watch-logs') {
    return check(asking, { call: 'FilterLogEvents', about }, () =>
      callAws(asking, 'FilterLogEvents', (options) =>
        asking.clients.logs().send(new FilterLogEventsCommand({ logGroupName: about, limit: 1 }), options),
      ),
    );
  }
  if (destination.kind === 'unreadable') return undefined;
  return check(asking, { call: 'ListObjectsV2', about }, () =>
    callAws(asking, 'ListObjectsV2', (options) =>
      asking.clients
        .s3()
        .send(new ListObjectsV2Command({ Bucket: about, Prefix: destination.prefix, MaxKeys: 1 }), options),
    ),
  );
}
