import { assertNever } from '../../lang/exhaustive.ts';
import type { Snapshot } from '../../vpc/snapshot.ts';
import type { FilterBlocker } from '../filter-blocker.ts';
import { blockersOf } from '../blockers.ts';
import type { InterfaceFilters } from '../interface-filters.ts';
import type { Demand } from './demands.ts';
import { openGroup, openNetworkAcl, type Proposal } from './open-filter.ts';
import { judge } from './replay.ts';

/** The configuration as it stands so far, and the packets that must pass. */
export interface Trial {
  readonly snapshot: Snapshot;
  readonly filters: InterfaceFilters;
  readonly demands: readonly Demand[];
}

/** For the first packet that is still denied; `undefined` when none is. */
export function proposeChange(trial: Trial): Proposal | undefined {
  for (const demand of trial.demands) {
    const [blocker] = blockersOf(judge(trial.filters, demand));
    if (blocker !== undefined) return proposalFor(trial, demand, blocker);
  }
  return undefined;
}

function proposalFor(trial: Trial, demand: Demand, blocker: FilterBlocker): Proposal {
  const { snapshot, filters } = trial;
  switch (blocker.kind) {
    case 'security-group':
      return openGroup({ snapshot, interface: filters.interface, nearMisses: blocker.nearMisses }, demand);
    case 'network-acl':
      return addEntry(trial, demand);
    case 'block-public-access':
    case 'encryption-control':
      return { cautions: [] };
    default:
      return assertNever(blocker);
  }
}

/** One entry serves all packets of a direction when it is read before every entry that denies one of them. */
function addEntry({ filters, demands }: Trial, demand: Demand): Proposal {
  const { acl } = filters;
  const before = Math.min(...denyingNumbers(filters, demands, demand));
  return acl === undefined ? { cautions: [] } : openNetworkAcl({ acl, before }, demand);
}

function denyingNumbers(filters: InterfaceFilters, demands: readonly Demand[], like: Demand): readonly number[] {
  return demands
    .filter(({ direction }) => direction === like.direction)
    .flatMap((demand) => {
      const { networkAcl } = judge(filters, demand);
      return networkAcl.kind === 'denied' ? [networkAcl.by.ruleNumber] : [];
    });
}
