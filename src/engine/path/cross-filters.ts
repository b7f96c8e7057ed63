import { assertNever } from '../../lang/exhaustive.ts';
import type { Direction } from '../../net/direction.ts';
import type { NetworkInterface } from '../../vpc/network-interface.ts';
import { blockersOf } from '../blockers.ts';
import type { NetworkAclDecision, SecurityGroupDecision } from '../decision.ts';
import { evaluateInterface, type InterfaceDecision } from '../evaluate-interface.ts';
import type { Guide, Journey } from './journey.ts';
import type { Hop, HopOutcome, Leg, Obstacle } from './path.ts';

/**
 * The filters of an interface in the order that a packet meets them. The answer to an allowed request passes its groups
 * whatever their rules say; the ACL keeps no memory.
 * EVAL-2, EVAL-3, CT-1. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html
 */
export function crossFilters(
  { world }: Guide,
  { packet, leg }: Journey,
  { at, direction }: { readonly at: NetworkInterface; readonly direction: Direction },
): readonly Hop[] {
  const decision = evaluateInterface(world.filtersOf(at.id), direction, packet);
  const met: Met = { at, leg, decision };
  const groups = leg === 'return' ? trackedHop(met) : securityGroupHop(met);
  const acl = networkAclHop(met, world.filtersOf(at.id).acl?.id);
  return direction === 'ingress' ? [...acl, ...groups] : [...groups, ...acl];
}

interface Met {
  readonly at: NetworkInterface;
  readonly leg: Leg;
  readonly decision: InterfaceDecision;
}

function trackedHop({ at, decision }: Met): readonly Hop[] {
  if (decision.securityGroups.kind === 'not-applicable') return [];
  return [{ ...groupHop(at, decision), outcome: { kind: 'passed', by: { kind: 'tracked' } } }];
}

function securityGroupHop(met: Met): readonly Hop[] {
  const { at, decision } = met;
  const outcome = outcomeOfGroups(met, decision.securityGroups);
  return outcome === undefined ? [] : [{ ...groupHop(at, decision), outcome }];
}

function groupHop(
  { id, vpcId, subnetId }: NetworkInterface,
  { direction, packet }: InterfaceDecision,
): Omit<Hop, 'outcome'> {
  return { kind: 'security-group', id, vpcId, ...(subnetId !== undefined && { subnetId }), direction, packet };
}

function outcomeOfGroups(met: Met, decision: SecurityGroupDecision): HopOutcome | undefined {
  switch (decision.kind) {
    case 'allowed':
      return { kind: 'passed', by: { kind: 'rules', ids: decision.by.map(({ id, groupId }) => id ?? groupId) } };
    case 'denied-by-default':
      return { kind: 'blocked', obstacles: [securityGroupObstacle(met)] };
    case 'undetermined':
      return { kind: 'unknown', gaps: decision.gaps };
    case 'not-applicable':
      return undefined;
    default:
      return assertNever(decision);
  }
}

function securityGroupObstacle({ leg, decision }: Met): Obstacle {
  const { direction, groups } = decision;
  const blocker = blockersOf(decision).find(({ kind }) => kind === 'security-group');
  const ids = blocker?.kind === 'security-group' ? blocker.ids : groups;
  return {
    kind: 'security-group',
    leg,
    direction,
    ...(ids[0] !== undefined && { id: ids[0] }),
    ...(ids.length > 1 && { ids }),
    code: 'ENI_SG_RULES_MISMATCH',
    ...(blocker !== undefined && { blocker }),
  };
}

function networkAclHop({ at, leg, decision }: Met, aclId: string | undefined): readonly Hop[] {
  const { direction, networkAcl, packet } = decision;
  const outcome = outcomeOfAcl({ at, leg, decision }, networkAcl);
  if (outcome === undefined) return [];
  const { vpcId, subnetId } = at;
  const place = { vpcId, ...(aclId !== undefined && { id: aclId }), ...(subnetId !== undefined && { subnetId }) };
  return [{ kind: 'network-acl', ...place, direction, packet, outcome }];
}

function outcomeOfAcl({ leg, decision }: Met, acl: NetworkAclDecision): HopOutcome | undefined {
  switch (acl.kind) {
    case 'allowed':
      return { kind: 'passed', by: { kind: 'entry', ruleNumber: acl.by.ruleNumber } };
    case 'denied':
      return { kind: 'blocked', obstacles: [networkAclObstacle(leg, decision, acl)] };
    case 'undetermined':
      return { kind: 'unknown', gaps: acl.gaps };
    case 'not-applicable':
      return undefined;
    default:
      return assertNever(acl);
  }
}

function networkAclObstacle(
  leg: Leg,
  decision: InterfaceDecision,
  { by }: Extract<NetworkAclDecision, { kind: 'denied' }>,
): Obstacle {
  const blocker = blockersOf(decision).find(({ kind }) => kind === 'network-acl');
  return {
    kind: 'network-acl',
    leg,
    id: by.aclId,
    direction: decision.direction,
    ruleNumber: by.ruleNumber,
    code: 'SUBNET_ACL_RESTRICTION',
    ...(blocker !== undefined && { blocker }),
  };
}
