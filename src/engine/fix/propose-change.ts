import { assertNever } from '../../lang/exhaustive.ts';
import { hostCidr } from '../../net/cidr.ts';
import { IMPLICIT_DENY } from '../../vpc/network-acl.ts';
import type { NetworkInterface } from '../../vpc/network-interface.ts';
import type { SecurityGroupId } from '../../vpc/ids.ts';
import type { Snapshot } from '../../vpc/snapshot.ts';
import type { FilterBlocker } from '../filter-blocker.ts';
import { blockersOf } from '../blockers.ts';
import type { InterfaceFilters } from '../interface-filters.ts';
import { remoteOf } from '../remote-of.ts';
import type { Demand } from './demands.ts';
import type { FixCaution, FixChange } from './fix.ts';
import { freeRuleNumber } from './free-rule-number.ts';
import { judge } from './replay.ts';

/** One change to get past one obstacle, if there is one, and what to think of first. */
export interface Proposal {
  readonly change?: FixChange;
  readonly cautions: readonly FixCaution[];
}

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
  switch (blocker.kind) {
    case 'security-group':
      return addRule(trial, demand, blocker);
    case 'network-acl':
      return addEntry(trial, demand);
    case 'block-public-access':
    case 'encryption-control':
      return { cautions: [] };
    default:
      return assertNever(blocker);
  }
}

function addRule(
  { snapshot, filters }: Trial,
  demand: Demand,
  { nearMisses }: Extract<FilterBlocker, { kind: 'security-group' }>,
): Proposal {
  const groupId = nearMisses[0]?.rule.groupId ?? leastShared(filters.interface, snapshot);
  if (groupId === undefined) return { cautions: [] };
  const carriers = carriersOf(groupId, snapshot);
  return {
    change: { kind: 'add-security-group-rule', groupId, ...whatToOpen(demand) },
    cautions: carriers > 1 ? [{ kind: 'group-shared', interfaces: carriers }] : [],
  };
}

/** The group that fewest interfaces carry: a rule in it opens least besides. */
function leastShared({ groups }: NetworkInterface, snapshot: Snapshot): SecurityGroupId | undefined {
  return groups
    .filter((id) => snapshot.securityGroups.has(id))
    .toSorted((a, b) => carriersOf(a, snapshot) - carriersOf(b, snapshot))[0];
}

function carriersOf(id: SecurityGroupId, { interfaces }: Snapshot): number {
  return [...interfaces.values()].filter(({ groups }) => groups.includes(id)).length;
}

/** One entry serves all packets of a direction when it is read before every entry that denies one of them. */
function addEntry({ filters, demands }: Trial, demand: Demand): Proposal {
  const { acl } = filters;
  const before = Math.min(...denyingNumbers(filters, demands, demand));
  if (acl === undefined) return { cautions: [] };
  const ruleNumber = freeRuleNumber(acl, demand.direction, before);
  if (ruleNumber === undefined) return { cautions: [{ kind: 'no-free-rule-number', before }] };
  return {
    change: { kind: 'add-network-acl-entry', aclId: acl.id, ruleNumber, ...whatToOpen(demand) },
    cautions: before < IMPLICIT_DENY ? [{ kind: 'deliberate-deny', ruleNumber: before }] : [],
  };
}

function denyingNumbers(filters: InterfaceFilters, demands: readonly Demand[], like: Demand): readonly number[] {
  return demands
    .filter(({ direction }) => direction === like.direction)
    .flatMap((demand) => {
      const { networkAcl } = judge(filters, demand);
      return networkAcl.kind === 'denied' ? [networkAcl.by.ruleNumber] : [];
    });
}

function whatToOpen({
  direction,
  packet,
  ports,
}: Demand): Pick<FixChange, 'direction' | 'protocol' | 'ports' | 'cidr'> {
  return {
    direction,
    protocol: packet.protocol,
    cidr: hostCidr(remoteOf(direction, packet)),
    ...(ports !== undefined && { ports }),
  };
}
