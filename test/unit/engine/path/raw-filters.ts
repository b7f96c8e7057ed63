import { assertNever } from '../../../../src/lang/exhaustive.ts';
import type { RawNetwork, RawRule } from '../naive/naive-network.ts';
import type {
  AclPlan,
  BlockPlan,
  EntryPlan,
  GroupPlan,
  NetworkPlan,
  PeerPlan,
  RulePlan,
  TrafficPlan,
} from './arbitrary-network.ts';
import {
  ACCOUNT,
  HOSTS,
  OWN_LIST,
  PREMISES_BLOCKS,
  SERVICE_BLOCKS,
  SERVICE_LIST,
  blockOf6,
  blocksOf,
  contextsOf,
  idOf,
  nth,
  subnetBlock,
  type Context,
} from './network-context.ts';

export function rawGroups({ v, vpc }: Context): readonly object[] {
  return vpc.groups.map((_, g) => ({
    GroupId: idOf('sg', v, g),
    GroupName: `group ${g}`,
    OwnerId: ACCOUNT,
    VpcId: idOf('vpc', v),
  }));
}

const ANY: TrafficPlan = { protocol: 'all', from: 0, to: 0 };
const ANYWHERE = ['anywhere', 'anywhere-6'] as const;

export function rawGroupRules(context: Context, group: GroupPlan, g: number): readonly object[] {
  const open: readonly RulePlan[] = ANYWHERE.map((kind) => ({ traffic: ANY, peer: { kind, n: 0 } }));
  const sides = [
    { isEgress: false, rules: [...(group.openIn ? open : []), ...group.ingress] },
    { isEgress: true, rules: [...(group.openOut ? open : []), ...group.egress] },
  ];
  return sides.flatMap(({ isEgress, rules }) =>
    rules.flatMap((rule, r) => rawRuleOf(context, rule, { g, isEgress, r })),
  );
}

/** One more rule, for the nth group of the network. */
export function rawRule(
  plan: NetworkPlan,
  { n, isEgress, rule }: { readonly n: number; readonly isEgress: boolean; readonly rule: RulePlan },
): RawNetwork['SecurityGroupRules'] {
  const groups = contextsOf(plan).flatMap((context) => context.vpc.groups.map((_, g) => ({ context, g })));
  const { context, g } = nth(groups, n)!;
  return rawRuleOf(context, rule, { g, isEgress, r: 9 });
}

interface RulePlace {
  readonly g: number;
  readonly isEgress: boolean;
  readonly r: number;
}

function rawRuleOf(context: Context, rule: RulePlan, { g, isEgress, r }: RulePlace): readonly RawRule[] {
  const peer = rawPeer(context, rule.peer);
  if (peer === undefined) return [];
  return [
    {
      SecurityGroupRuleId: idOf('sgr', context.v, g, Number(isEgress), r),
      GroupId: idOf('sg', context.v, g),
      IsEgress: isEgress,
      ...rawTraffic(rule.traffic),
      ...peer,
    },
  ];
}

const NAMES = new Map<number | 'all', string>([
  ['all', '-1'],
  [1, 'icmp'],
  [6, 'tcp'],
  [17, 'udp'],
  [58, 'icmpv6'],
]);

function rawTraffic({ protocol, from, to }: TrafficPlan): Pick<RawRule, 'IpProtocol' | 'FromPort' | 'ToPort'> {
  const isNumbered = protocol === 1 || protocol === 58 || protocol === 6 || protocol === 17;
  return {
    IpProtocol: NAMES.get(protocol) ?? String(protocol),
    FromPort: isNumbered ? from : -1,
    ToPort: isNumbered ? to : -1,
  };
}

function rawPeer(context: Context, peer: PeerPlan): object | undefined {
  const { v, vpc } = context;
  switch (peer.kind) {
    case 'group':
      return reference(v, peer.n % vpc.groups.length);
    case 'peer-group': {
      const far = nth(context.peered, peer.n);
      return far && reference(far.far, peer.n % context.plan.vpcs[far.far]!.groups.length, far.id);
    }
    case 'list':
      return { PrefixListId: peer.n % 2 === 0 ? SERVICE_LIST : OWN_LIST };
    case 'anywhere':
    case 'anywhere-6':
    case 'own':
    case 'own-6':
    case 'subnet':
    case 'far':
    case 'service':
    case 'host':
    case 'premises': {
      const block = blockFor(context, { kind: peer.kind, n: peer.n });
      if (block === undefined) return undefined;
      return block.includes(':') ? { CidrIpv6: block } : { CidrIpv4: block };
    }
    default:
      return assertNever(peer);
  }
}

function reference(v: number, g: number, peeringId?: string): object {
  return {
    ReferencedGroupInfo: {
      GroupId: idOf('sg', v, g),
      UserId: ACCOUNT,
      VpcId: idOf('vpc', v),
      ...(peeringId === undefined ? {} : { VpcPeeringConnectionId: peeringId, PeeringStatus: 'active' }),
    },
  };
}

function blockFor(context: Context, { kind, n }: BlockPlan): string | undefined {
  const { plan, v, vpc } = context;
  const far = nth(context.peered, n)?.far;
  switch (kind) {
    case 'anywhere':
      return '0.0.0.0/0';
    case 'anywhere-6':
      return '::/0';
    case 'own':
      return nth(blocksOf(plan, v), n);
    case 'own-6':
      return vpc.ipv6 ? blockOf6(v) : undefined;
    case 'subnet':
      return subnetBlock(context, n % vpc.subnets.length);
    case 'far':
      return far === undefined ? undefined : nth(blocksOf(plan, far), n);
    case 'service':
      return nth(SERVICE_BLOCKS, n);
    case 'host':
      return `${nth(HOSTS, n)!}/32`;
    case 'premises':
      return nth(PREMISES_BLOCKS, n);
    default:
      return assertNever(kind);
  }
}

const OPEN: AclPlan = { isOpen: true, forgets: 'nothing', entries: [] };

export function rawAcls(context: Context): readonly object[] {
  const { v, vpc } = context;
  const plans = vpc.acls.length === 0 ? [OPEN] : vpc.acls;
  return plans.map((acl, a) => ({
    NetworkAclId: idOf('acl', v, a),
    VpcId: idOf('vpc', v),
    IsDefault: a === 0,
    Entries: rawEntries(context, acl),
    Associations: vpc.subnets.flatMap((subnet, s) =>
      subnet.acl === a || (a === 0 && subnet.acl >= plans.length)
        ? [{ NetworkAclId: idOf('acl', v, a), SubnetId: idOf('subnet', v, s) }]
        : [],
    ),
  }));
}

/** Numbered from 76 to 110, the open ones 120 and 121, and the denies that AWS ends a list with (NACL-3). */
function rawEntries(context: Context, { isOpen, forgets, entries }: AclPlan): readonly object[] {
  const all = [
    ...forgotten(forgets),
    ...entries,
    ...(isOpen ? everything(120, 'allow') : []),
    ...everything(32_767, 'deny'),
  ];
  return all.flatMap((entry) => {
    const block = blockFor(context, entry.block);
    return block === undefined ? [] : [rawEntry(entry, block)];
  });
}

function forgotten(forgets: AclPlan['forgets']): readonly EntryPlan[] {
  if (forgets === 'nothing') return [];
  const egress = forgets === 'egress';
  return [6, 17].map((protocol) => ({
    number: 70 + protocol,
    egress,
    action: 'deny',
    traffic: { protocol, from: 1_024, to: 65_535 },
    block: { kind: 'anywhere', n: 0 },
  }));
}

function everything(number: number, action: EntryPlan['action']): readonly EntryPlan[] {
  return ANYWHERE.flatMap((kind, place) =>
    [false, true].map((egress): EntryPlan => ({
      number: number + place,
      egress,
      action,
      traffic: ANY,
      block: { kind, n: 0 },
    })),
  );
}

function rawEntry({ number, egress, action, traffic }: EntryPlan, block: string): object {
  const { protocol, from, to } = traffic;
  return {
    RuleNumber: number,
    Egress: egress,
    RuleAction: action,
    Protocol: protocol === 'all' ? '-1' : String(protocol),
    ...(block.includes(':') ? { Ipv6CidrBlock: block } : { CidrBlock: block }),
    ...(protocol === 1 || protocol === 58 ? { IcmpTypeCode: { Type: from, Code: to } } : {}),
    ...(protocol === 6 || protocol === 17 ? { PortRange: { From: from, To: to } } : {}),
  };
}
