import { isAnywhere } from '../../net/cidr.ts';
import type { NetworkAclEntry } from '../../vpc/network-acl.ts';
import type { SecurityGroupRule } from '../../vpc/security-group.ts';
import { isEffectivePublic } from '../address-kind.ts';
import type { MissedField } from '../decision.ts';
import type { FlowSituation } from './situation.ts';

/** Fields of a rule that speak of the other end: its address, its family, its membership of a group. */
const SENDER: ReadonlySet<MissedField> = new Set(['address', 'family', 'membership', 'stale']);

/** Rules of the groups that ask for everything that the packet has, except another sender. */
export function rulesForOthers({ answers }: FlowSituation): readonly SecurityGroupRule[] {
  const { securityGroups } = answers;
  if (securityGroups.kind !== 'denied-by-default') return [];
  return securityGroups.nearMisses
    .filter(({ failedOn }) => failedOn.every((field) => SENDER.has(field)))
    .map(({ rule }) => rule);
}

/** Rules for this service that admit certain addresses of the internet: the sender may have moved from one of them (T-12). */
export function rulesForPublicClients(situation: FlowSituation): readonly SecurityGroupRule[] {
  const { snapshot, interface: own } = situation.scene;
  return rulesForOthers(situation).filter(
    ({ peer }) =>
      peer.kind === 'cidr' &&
      !isAnywhere(peer.cidr) &&
      peer.cidr.family === situation.flow.source.family &&
      isEffectivePublic({ family: peer.cidr.family, bits: peer.cidr.base }, snapshot, own.vpcId),
  );
}

/** The rule that names a group which the sender's interface carries, and still does not admit it (T-16). */
export function ruleForSendersGroup(situation: FlowSituation): SecurityGroupRule | undefined {
  const sender = situation.remote.interface ?? situation.remote.publicAddressOf;
  return rulesForOthers(situation).find(({ peer }) => peer.kind === 'group' && sender?.groups.includes(peer.id));
}

/**
 * Rules and entries of the other address family that admit everything else about the packet (T-21, EVAL-11). Who comes
 * from the internet is not meant by a rule for private addresses.
 */
export function rulesForOtherFamily(situation: FlowSituation): readonly (SecurityGroupRule | NetworkAclEntry)[] {
  const rules = situation.answers.blockers.flatMap((blocker): readonly (SecurityGroupRule | NetworkAclEntry)[] => {
    if (blocker.kind === 'security-group') return onlyFamily(blocker.nearMisses);
    return blocker.kind === 'network-acl' ? onlyFamily(blocker.nearMisses) : [];
  });
  return situation.remote.effectivePublic ? rules.filter((rule) => isForInternet(situation, rule)) : rules;
}

function isForInternet({ scene }: FlowSituation, rule: SecurityGroupRule | NetworkAclEntry): boolean {
  const cidr = 'cidr' in rule ? rule.cidr : rule.peer.kind === 'cidr' ? rule.peer.cidr : undefined;
  if (cidr === undefined || isAnywhere(cidr)) return true;
  return isEffectivePublic({ family: cidr.family, bits: cidr.base }, scene.snapshot, scene.interface.vpcId);
}

function onlyFamily<Rule>(
  nearMisses: readonly { readonly rule: Rule; readonly failedOn: readonly MissedField[] }[],
): Rule[] {
  return nearMisses.filter(({ failedOn }) => failedOn.every((field) => field === 'family')).map(({ rule }) => rule);
}
