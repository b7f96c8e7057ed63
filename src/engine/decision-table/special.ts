import { cidrContains, isAnywhere } from '../../net/cidr.ts';
import { looksLikeScan } from '../../flowlog/noise.ts';
import { isEffectivePublic } from '../address-kind.ts';
import type { OwnerKind, Reason } from '../finding.ts';
import { blockPublicAccess, effectiveMode } from './block-public-access.ts';
import { blocked, inferred, notARule, wasBlocked } from './conclude.ts';
import { circumstances } from './circumstances.ts';
import { deniedToday } from './denied.ts';
import * as is from './flow-predicates.ts';
import { rulesForOtherFamily, rulesForOthers, rulesForPublicClients, ruleForSendersGroup } from './near-rules.ts';
import type { Conclusion, FlowRow } from './row.ts';
import type { FlowSituation } from './situation.ts';

const turnedAwayByGroups = [is.rejected, is.ingress, is.forward, is.groupsDeny] as const;

const LOAD_BALANCERS: readonly OwnerKind[] = [
  'application-load-balancer',
  'network-load-balancer',
  'classic-load-balancer',
];

/** Rejects that are told apart by who sent the packet, who received it, or what the record itself says. */
export const SPECIAL: readonly FlowRow[] = [
  {
    id: 'T-7',
    about: 'flow',
    title: 'The record names VPC Block Public Access as the reason',
    when: [is.rejectedBecause('BPA')],
    conclude: blockedByBlockPublicAccess,
  },
  {
    id: 'T-8',
    about: 'flow',
    title: 'The record names VPC Encryption Controls as the reason',
    when: [is.rejectedBecause('EC')],
    conclude: blockedByEncryptionControl,
  },
  {
    id: 'T-11',
    about: 'flow',
    title: 'Internet background scanning, turned away as intended',
    when: [...turnedAwayByGroups, is.withPublic, ({ group }) => looksLikeScan(group), is.not(admitsEverybodyElse)],
    conclude: (situation) => deniedToday(situation, { reasons: [{ kind: 'scan-pattern', ...situation.group.spread }] }),
  },
  {
    id: 'T-12',
    about: 'flow',
    title:
      'A persistent client of one port, beside rules for other public addresses: it has probably changed its address',
    when: [
      ...turnedAwayByGroups,
      is.withPublic,
      ({ group }) => group.spread.portsTriedByRemote <= 1,
      ({ rejected }) => (rejected?.packets ?? 0) > 1,
      (situation) => rulesForPublicClients(situation).length > 0,
    ],
    conclude: (situation) =>
      deniedToday(situation, {
        reasons: [{ kind: 'client-changed-address', allowed: rulesForPublicClients(situation) }],
      }),
  },
  {
    id: 'T-13',
    about: 'flow',
    title: 'A load balancer is kept out by its target: requests or health checks',
    when: [...turnedAwayByGroups, is.remoteIs(...LOAD_BALANCERS)],
    conclude: (situation) =>
      deniedToday(situation, {
        reasons: ends(situation),
        gaps: [{ fact: 'path', about: 'health-check-port', because: 'not-modelled' }],
      }),
  },
  {
    id: 'T-15',
    about: 'flow',
    title: 'A network load balancer shows its own address while the target admits other addresses only',
    when: [
      ...turnedAwayByGroups,
      is.remoteIs('network-load-balancer'),
      (situation) => rulesForOthers(situation).some(({ peer }) => peer.kind === 'cidr'),
    ],
    conclude: (situation) => deniedToday(situation, { reasons: ends(situation) }),
  },
  {
    id: 'T-16',
    about: 'flow',
    title:
      'A rule names a security group that the sender carries, and the packet still did not count as coming from it',
    when: [...turnedAwayByGroups, (situation) => ruleForSendersGroup(situation) !== undefined],
    conclude: (situation) =>
      deniedToday(situation, { reasons: [...senderInReferencedGroup(situation), inferred('SG-18')] }),
  },
  {
    id: 'T-17',
    about: 'flow',
    title: 'One of our own interfaces comes with its public address, the rules expect its private one',
    when: [
      ...turnedAwayByGroups,
      ({ remote }) => remote.publicAddressOf !== undefined,
      (situation) => rulesForPrivateSenders(situation).length > 0,
    ],
    conclude: (situation) => deniedToday(situation, { reasons: ownPublicAddress(situation) }),
  },
  {
    id: 'T-22',
    about: 'flow',
    title: 'Both ends are in one subnet: only the security group can have blocked it',
    when: [...turnedAwayByGroups, is.sameSubnet, is.aclSkipped],
    conclude: deniedToday,
  },
  {
    id: 'T-23',
    about: 'flow',
    title: 'An interface that takes no security groups: only the network ACL can have blocked it',
    when: [is.rejected, is.ingress, is.forward, is.takesNoGroups, is.aclDenies],
    conclude: (situation) => deniedToday(situation, { reasons: ends(situation) }),
  },
  {
    id: 'T-24',
    about: 'flow',
    title: 'The security group of an interface endpoint does not admit the client',
    when: [...turnedAwayByGroups, is.localIs('vpc-endpoint'), is.tcp, is.toPort(443)],
    conclude: (situation) => deniedToday(situation, { reasons: ends(situation) }),
  },
  {
    id: 'T-53',
    about: 'flow',
    title: 'Unsolicited internet traffic at a NAT gateway: accepted by the ACL, dropped by the gateway',
    when: [is.notRejected, is.ingress, is.localIs('nat-gateway'), is.withPublic, is.acceptedAlong, is.silentAgainst],
    conclude: (situation) => notARule('likely', { reasons: [...circumstances(situation), ...ends(situation)] }),
  },
  {
    id: 'T-67',
    about: 'flow',
    title: 'Traffic that passes through this interface on its way: the ACL of its subnet judges the real ends',
    when: [is.rejected, is.aclDenies, passesThrough],
    conclude: (situation) => deniedToday(situation, { reasons: [...ends(situation), inferred('EVAL-26')] }),
  },
  {
    id: 'T-69',
    about: 'flow',
    title: "The load balancer's own security group keeps its clients out, not the target's",
    when: [...turnedAwayByGroups, is.localIs('application-load-balancer')],
    conclude: (situation) => deniedToday(situation, { reasons: ends(situation) }),
  },
  {
    id: 'T-70',
    about: 'flow',
    title: 'The security group of a Lambda function does not let its traffic out',
    when: [is.rejected, is.egress, is.forward, is.localIs('lambda'), is.groupsDeny],
    conclude: (situation) => deniedToday(situation, { reasons: ends(situation) }),
  },
];

/** The port serves the whole internet, in the other address family: whoever comes is a client, not a scanner (T-21). */
function admitsEverybodyElse(situation: FlowSituation): boolean {
  return rulesForOtherFamily(situation).some(
    (rule) => 'peer' in rule && rule.peer.kind === 'cidr' && isAnywhere(rule.peer.cidr),
  );
}

/** The record is proof (FLOW-35); if Block Public Access is off today, it was on then. */
function blockedByBlockPublicAccess({ scene }: FlowSituation): Conclusion {
  const remarks = {
    blockedBy: [blockPublicAccess(scene)],
    reasons: [{ kind: 'reject-reason', value: 'BPA' }] as const,
  };
  return effectiveMode(scene) === 'off' ? wasBlocked('likely', remarks) : blocked('certain', remarks);
}

function blockedByEncryptionControl({ scene }: FlowSituation): Conclusion {
  const { vpcId } = scene.interface;
  const mode = scene.snapshot.vpcs.get(vpcId)?.encryptionControl?.mode;
  return blocked('certain', {
    blockedBy: [{ kind: 'encryption-control', id: vpcId, ...(mode !== undefined && { mode }) }],
    reasons: [{ kind: 'reject-reason', value: 'EC' }],
  });
}

/** Who stands behind the two ends, as far as their interfaces tell (ENI-22..39). */
function ends({ scene, remote }: FlowSituation): readonly Reason[] {
  const local: Reason = { kind: 'owner', side: 'local', owner: scene.owner };
  return remote.owner === undefined ? [local] : [local, { kind: 'owner', side: 'remote', owner: remote.owner }];
}

function senderInReferencedGroup(situation: FlowSituation): readonly Reason[] {
  const rule = ruleForSendersGroup(situation);
  const sender = situation.remote.interface ?? situation.remote.publicAddressOf;
  if (rule === undefined || sender === undefined) return [];
  return [{ kind: 'sender-in-referenced-group', rule, interfaceId: sender.id }];
}

function ownPublicAddress({ remote }: FlowSituation): readonly Reason[] {
  return remote.publicAddressOf === undefined
    ? []
    : [{ kind: 'own-public-address', interfaceId: remote.publicAddressOf.id }];
}

/** Rules that would admit the sender under its private address: by group, or by a block that is not of the internet. */
function rulesForPrivateSenders(situation: FlowSituation): readonly unknown[] {
  const { snapshot, interface: own } = situation.scene;
  return rulesForOthers(situation).filter(({ peer }) => {
    if (peer.kind !== 'cidr') return peer.kind === 'group';
    return !isEffectivePublic({ family: peer.cidr.family, bits: peer.cidr.base }, snapshot, own.vpcId);
  });
}

/** The packet's own end on this side is none of the interface's addresses (FLOW-69, FLOW-72); a secondary address is one. */
function passesThrough({ group, scene }: FlowSituation): boolean {
  const { addresses, prefixes } = scene.interface;
  const isOwn =
    addresses.some(({ address }) => address.family === group.local.family && address.bits === group.local.bits) ||
    prefixes.some((prefix) => cidrContains(prefix, group.local));
  return group.loggedAs !== undefined && !isOwn;
}
