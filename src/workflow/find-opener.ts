import type { Change } from '../changes/change.ts';
import { diagnose } from '../engine/diagnose.ts';
import type { FlowFilter } from '../engine/question.ts';
import type { WatchedFlow } from '../engine/watched-flow.ts';
import type { EpochSeconds, TimeWindow } from '../lang/time.ts';
import { parseAddress } from '../net/address.ts';
import { parseSnapshot } from '../vpc/parse-snapshot.ts';
import { readHistory } from './read-history.ts';
import type { CollectChanges, Collected, CollectOptions } from './sources.ts';

/** A flow that passes by now: its records from the last reject on, and today's rules. */
interface Passing {
  readonly flow: WatchedFlow;
  readonly window: TimeWindow;
  readonly collected: Collected;
  readonly now: EpochSeconds;
  readonly askedBy: string;
}

/**
 * The change from which on the rules let the flow through, where CloudTrail tells of it by now (it takes about 15
 * minutes). Never fails for AWS: that the traffic passes is worth telling without.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/how-cloudtrail-works.html
 */
export async function findOpener(
  { flow, window, collected, now, askedBy }: Passing,
  collectChanges: CollectChanges,
  options: CollectOptions,
): Promise<Change | undefined> {
  const snapshot = parseSnapshot(collected.snapshots);
  const input = { ...collected, snapshot, question: { filter: filterOf(flow), window }, now };
  const wanted = { diagnosis: diagnose(input), snapshot, askedBy };
  const { history } = await readHistory(wanted, collectChanges, options);
  if (history === undefined) return undefined;
  const findings = diagnose({ ...input, history }).findings.filter((one) => one.flow.direction === flow.direction);
  return findings
    .flatMap(({ reasons }) => reasons)
    .flatMap((reason) => (reason.kind === 'changed' && reason.effect === 'opened' ? [reason.change] : []))
    .at(-1);
}

function filterOf({ remote, protocol, servicePort }: WatchedFlow): FlowFilter {
  const address = parseAddress(remote);
  return {
    protocol,
    ...(address !== undefined && { remote: address }),
    ...(servicePort !== undefined && { port: servicePort }),
  };
}
