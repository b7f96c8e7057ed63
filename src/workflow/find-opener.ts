import type { Change } from '../changes/change.ts';
import type { FlowFilter } from '../engine/question.ts';
import type { WatchedFlow } from '../engine/watched-flow.ts';
import type { EpochSeconds, TimeWindow } from '../lang/time.ts';
import { parseAddress } from '../net/address.ts';
import { lookAt } from './look-at.ts';
import { lookBack } from './look-back.ts';
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
  const { interfaceId, accountId, region } = flow;
  const command = {
    kind: 'why-rejected',
    target: { kind: 'network-interface', id: interfaceId },
    scope: { accountId, region },
    filter: filterOf(flow),
    window,
  } as const;
  const near = lookAt({ investigation: { command, askedBy, now: () => now }, collected, others: new Map() });
  const { look } = await lookBack(near, collectChanges, options);
  const findings = look.diagnosis.findings.filter((one) => one.flow.direction === flow.direction);
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
