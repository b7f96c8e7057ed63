import { followFlow, type FlowNews, type WatchedFlow } from '../engine/watched-flow.ts';
import type { EpochSeconds } from '../lang/time.ts';
import { findOpener } from './find-opener.ts';
import type { Collect, CollectChanges, CollectOptions } from './sources.ts';

export interface SecondLook {
  readonly flow: WatchedFlow;
  readonly now: EpochSeconds;
  readonly askedBy: string;
}

interface Sources {
  readonly collect: Collect;
  readonly collectChanges: CollectChanges;
}

/** Whatever happened earlier does not matter any more. */
const LONGEST_LOOK_SECONDS = 6 * 3_600;

/**
 * What has been logged of a watched flow since it was last rejected, and whose hand let it through if it passes. Throws
 * what `collect` throws.
 */
export async function lookAgain(
  look: SecondLook,
  { collect, collectChanges }: Sources,
  options: CollectOptions,
): Promise<FlowNews> {
  const { interfaceId, accountId, region, lastRejected } = look.flow;
  const window = { start: Math.max(lastRejected, look.now - LONGEST_LOOK_SECONDS), end: look.now };
  const collected = await collect(
    {
      target: { kind: 'network-interface', id: interfaceId },
      scope: { accountId, region },
      window,
      askedBy: look.askedBy,
      withoutQueries: true,
    },
    options,
  );
  const news = followFlow(collected.observations, look.flow);
  if (news.kind !== 'accepted') return news;
  const openedBy = await findOpener({ ...look, window, collected }, collectChanges, options);
  return openedBy === undefined ? news : { ...news, openedBy };
}
