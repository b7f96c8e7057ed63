import { followFlow, type FlowNews, type WatchedFlow } from '../engine/watched-flow.ts';
import type { EpochSeconds } from '../lang/time.ts';
import type { Collect, CollectOptions } from './sources.ts';

export interface SecondLook {
  readonly flow: WatchedFlow;
  readonly now: EpochSeconds;
  readonly askedBy: string;
}

/** Whatever happened earlier does not matter any more. */
const LONGEST_LOOK_SECONDS = 6 * 3_600;

/** What has been logged of a watched flow since it was last rejected. Throws what `collect` throws. */
export async function lookAgain(
  { flow, now, askedBy }: SecondLook,
  collect: Collect,
  options: CollectOptions,
): Promise<FlowNews> {
  const { interfaceId, accountId, region, lastRejected } = flow;
  const { observations } = await collect(
    {
      target: { kind: 'network-interface', id: interfaceId },
      scope: { accountId, region },
      window: { start: Math.max(lastRejected, now - LONGEST_LOOK_SECONDS), end: now },
      askedBy,
      withoutQueries: true,
    },
    options,
  );
  return followFlow(observations, flow);
}
