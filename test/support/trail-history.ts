import { trailEvent, type TrailEvent, type TrailEventPlan } from '../../demo/account/trail-events.ts';
import { parseEvent } from '../../src/changes/parse-event.ts';
import type { Change } from '../../src/changes/change.ts';
import { formatCidr } from '../../src/net/cidr.ts';
import { parseSnapshot } from '../../src/vpc/parse-snapshot.ts';
import type { NetworkAcl } from '../../src/vpc/network-acl.ts';
import type { RouteTarget } from '../../src/vpc/route-table.ts';
import type { RulePeer, SecurityGroupRule } from '../../src/vpc/security-group.ts';
import type { Snapshot } from '../../src/vpc/snapshot.ts';
import { clock } from './flow-lines.ts';
import { acl, eni, pcx, pl, rtb, sg, subnet, vpc } from './ids.ts';

/**
 * A configuration as a plain list of its parts, by object and place: `sg-… sgr-…` holds `ingress 6 10.0.0.0/16 443`. The
 * tests change this list and write the event that AWS would log; what is rewound must give the same list again.
 */
export type Parts = ReadonlyMap<string, string>;

export const GROUPS = ['web', 'db'].map(sg);
export const ACLS = ['inner', 'outer'].map(acl);
export const SUBNET = subnet('app');
export const INTERFACE = eni('app');
const LIST = pl('offices');
const TABLE = rtb('app');

const ACCOUNT = '123456789012';
const REGION = 'eu-west-1';

/** The list as AWS would describe it, through the parser. */
export function snapshotOf(parts: Parts): Snapshot {
  const under = (object: string): readonly (readonly [place: string, value: string])[] =>
    [...parts].filter(([key]) => key.startsWith(`${object} `)).map(([key, value]) => [key.split(' ')[1]!, value]);
  return parseSnapshot([
    {
      accountId: ACCOUNT,
      region: REGION,
      SecurityGroups: GROUPS.map((GroupId) => ({ GroupId, GroupName: GroupId, VpcId: vpc('main'), OwnerId: ACCOUNT })),
      SecurityGroupRules: GROUPS.flatMap((id) =>
        under(id).map(([rule, value]) => capital(ruleFields(id, rule, value))),
      ),
      NetworkAcls: ACLS.map((id) => ({
        NetworkAclId: id,
        VpcId: vpc('main'),
        Entries: under(id).map(([place, value]) => rawEntry(place, value)),
        Associations: under(SUBNET)
          .filter(([, value]) => value.startsWith(id))
          .map(([, value]) => ({ SubnetId: SUBNET, NetworkAclAssociationId: value.split(' ')[1] })),
      })),
      NetworkInterfaces: [
        {
          NetworkInterfaceId: INTERFACE,
          VpcId: vpc('main'),
          SubnetId: SUBNET,
          Groups: (parts.get(`${INTERFACE} groups`) ?? '')
            .split(' ')
            .filter(Boolean)
            .map((GroupId) => ({ GroupId })),
        },
      ],
      ManagedPrefixListEntries: [{ PrefixListId: LIST, Entries: under(LIST).map(([Cidr]) => ({ Cidr })) }],
      RouteTables: [
        {
          RouteTableId: TABLE,
          VpcId: vpc('main'),
          Routes: under(TABLE).map(([DestinationCidrBlock, VpcPeeringConnectionId]) => ({
            DestinationCidrBlock,
            VpcPeeringConnectionId,
            State: 'active',
            Origin: 'CreateRoute',
          })),
        },
      ],
    },
  ]);
}

/** The list again, from what was parsed or rewound. */
export function partsOf(snapshot: Snapshot): Parts {
  return new Map([
    ...[...snapshot.securityGroups.values()].flatMap(({ id, rules }) =>
      rules.map((rule) => [`${id} ${rule.id ?? ruleText(rule)}`, ruleText(rule)] as const),
    ),
    ...[...snapshot.networkAcls.values()].flatMap(entriesOf),
    ...[...snapshot.networkAcls.values()].flatMap(associationsOf),
    ...[...snapshot.interfaces.values()].map(
      ({ id, groups }) => [`${id} groups`, groups.toSorted().join(' ')] as const,
    ),
    ...[...snapshot.prefixLists.values()].flatMap(({ id, cidrs }) =>
      cidrs.map((cidr) => [`${id} ${formatCidr(cidr)}`, ''] as const),
    ),
    ...[...snapshot.routeTables.values()].flatMap(({ id, routes }) =>
      routes.map(
        ({ destination, target }) =>
          [
            `${id} ${destination.kind === 'cidr' ? formatCidr(destination.cidr) : destination.id}`,
            targetText(target),
          ] as const,
      ),
    ),
  ]);
}

function entriesOf({ id, entries }: NetworkAcl) {
  return entries.map(
    ({ direction, ruleNumber, action, cidr, ports }) =>
      [`${id} ${direction}/${ruleNumber}`, `${action} ${formatCidr(cidr)} ${ports?.from}`] as const,
  );
}

function associationsOf({ id, associations = new Map() }: NetworkAcl) {
  return [...associations].map(([subnetId, association]) => [`${subnetId} acl`, `${id} ${association}`] as const);
}

/** Something somebody does: what becomes of the list, and the event that tells of it. */
export interface Deed {
  readonly after: Parts;
  readonly plan: Pick<TrailEventPlan, 'name' | 'request' | 'response'>;
}

const id = (prefix: string, serial: number): string => `${prefix}-${String(serial).padStart(17, '0')}`;

/** `undefined` where AWS would refuse it. `serial` makes new ids; `pick` chooses among what there is. */
export type Act = (before: Parts, pick: (choices: number) => number, serial: number) => Deed | undefined;

const BLOCKS = ['10.0.0.0/16', '10.1.0.0/16', '0.0.0.0/0'];
const PORTS = [22, 443, 5432];

export const ACTS: Readonly<Record<string, Act>> = {
  authorize: (before, pick, serial) => {
    const groupId = GROUPS[pick(2)]!;
    const value = ruleValue(pick);
    if ([...before].some(([key, held]) => key.startsWith(`${groupId} `) && held === value)) return undefined;
    const rule = ruleFields(groupId, id('sgr', serial), value);
    const ipPermissions = { items: [permissionOf(rule)] };
    return {
      after: new Map(before).set(`${groupId} ${id('sgr', serial)}`, value),
      plan: {
        name: value.startsWith('egress') ? 'AuthorizeSecurityGroupEgress' : 'AuthorizeSecurityGroupIngress',
        request: { groupId, ipPermissions },
        response: { _return: true, securityGroupRuleSet: { items: [rule] } },
      },
    };
  },
  revoke: (before, pick) => revokeDeed(before, pick, true),
  /** As AWS logged it until 2025: without the rules that went. */
  revokeSilently: (before, pick) => revokeDeed(before, pick, false),
  modify: (before, pick) => {
    const found = one(before, 'sg-', pick);
    if (found === undefined) return undefined;
    const [groupId, ruleId, old] = found;
    const value = [old.split(' ')[0], ...ruleValue(pick).split(' ').slice(1)].join(' ');
    if ([...before].some(([key, held]) => key.startsWith(`${groupId} `) && held === value)) return undefined;
    const { ipProtocol, fromPort, toPort, cidrIpv4 } = ruleFields(groupId, ruleId, value);
    const content = { IpProtocol: ipProtocol, FromPort: fromPort, ToPort: toPort, CidrIpv4: cidrIpv4 };
    const SecurityGroupRule = { tag: 1, SecurityGroupRuleId: ruleId, SecurityGroupRule: content };
    return {
      after: new Map(before).set(`${groupId} ${ruleId}`, value),
      plan: {
        name: 'ModifySecurityGroupRules',
        request: { ModifySecurityGroupRulesRequest: { GroupId: groupId, SecurityGroupRule } },
        response: { ModifySecurityGroupRulesResponse: { return: true } },
      },
    };
  },
  createEntry: (before, pick) => {
    const [key, value] = [`${ACLS[pick(2)]} ${entryPlace(pick)}`, entryValue(pick)];
    return before.has(key) ? undefined : entryDeed(before, 'CreateNetworkAclEntry', [key, value]);
  },
  replaceEntry: (before, pick) => {
    const found = one(before, 'acl-', pick);
    return found && entryDeed(before, 'ReplaceNetworkAclEntry', [`${found[0]} ${found[1]}`, entryValue(pick)]);
  },
  deleteEntry: (before, pick) => {
    const found = one(before, 'acl-', pick);
    if (found === undefined) return undefined;
    const [networkAclId, place] = found;
    const [direction, ruleNumber] = place.split('/');
    return {
      after: less(before, `${networkAclId} ${place}`),
      plan: {
        name: 'DeleteNetworkAclEntry',
        request: { networkAclId, ruleNumber: Number(ruleNumber), egress: direction === 'egress' },
      },
    };
  },
  associate: (before, pick, serial) => {
    const [, associationId] = before.get(`${SUBNET} acl`)!.split(' ');
    const networkAclId = ACLS[pick(2)]!;
    const newAssociationId = id('aclassoc', serial);
    return {
      after: new Map(before).set(`${SUBNET} acl`, `${networkAclId} ${newAssociationId}`),
      plan: {
        name: 'ReplaceNetworkAclAssociation',
        request: { associationId, networkAclId },
        response: { newAssociationId },
      },
    };
  },
  setGroups: (before, pick) => {
    const groups = [GROUPS, GROUPS.slice(0, 1), GROUPS.slice(1)][pick(3)]!.toSorted();
    return {
      after: new Map(before).set(`${INTERFACE} groups`, groups.join(' ')),
      plan: {
        name: 'ModifyNetworkInterfaceAttribute',
        request: { networkInterfaceId: INTERFACE, groupSet: { items: groups.map((groupId) => ({ groupId })) } },
      },
    };
  },
  editList: (before, pick) => {
    const Cidr = BLOCKS[pick(3)]!;
    const key = `${LIST} ${Cidr}`;
    const isThere = before.has(key);
    const entry = { [isThere ? 'RemoveEntry' : 'AddEntry']: { tag: 1, Cidr } };
    return {
      after: isThere ? less(before, key) : new Map(before).set(key, ''),
      plan: {
        name: 'ModifyManagedPrefixList',
        request: { ModifyManagedPrefixListRequest: { PrefixListId: LIST, CurrentVersion: 3, ...entry } },
      },
    };
  },
  createRoute: (before, pick) => routeDeed(before, pick, 'CreateRoute'),
  replaceRoute: (before, pick) => routeDeed(before, pick, 'ReplaceRoute'),
  deleteRoute: (before, pick) => {
    const found = one(before, 'rtb-', pick);
    if (found === undefined) return undefined;
    const [routeTableId, destinationCidrBlock] = found;
    return {
      after: less(before, `${routeTableId} ${destinationCidrBlock}`),
      plan: { name: 'DeleteRoute', request: { routeTableId, destinationCidrBlock } },
    };
  },
};

/** The event and what is made of it. */
export function changeOf(plan: Deed['plan'], at: number, serial: number): Change {
  return parseEvent(eventOf(plan, at, serial).text)!;
}

function eventOf(plan: Deed['plan'], at: number, serial: number): TrailEvent {
  const heading = { id: `event-${serial}`, atMs: at * 1000, accountId: ACCOUNT, region: REGION, resources: [] };
  return trailEvent({ ...heading, ...plan });
}

export const START = clock('12:00:00');

function ruleFields(groupId: string, securityGroupRuleId: string, value: string) {
  const [direction, ipProtocol, cidrIpv4, port] = value.split(' ');
  const ports = { fromPort: Number(port), toPort: Number(port) };
  return { groupId, securityGroupRuleId, isEgress: direction === 'egress', ipProtocol, cidrIpv4, ...ports };
}

function permissionOf({ ipProtocol, fromPort, toPort, cidrIpv4 }: ReturnType<typeof ruleFields>) {
  const ranges = { ipRanges: { items: [{ cidrIp: cidrIpv4 }] }, ipv6Ranges: {}, prefixListIds: {}, groups: {} };
  return { ipProtocol, fromPort, toPort, ...ranges };
}

function ruleText({ direction, protocol, ports, peer }: SecurityGroupRule): string {
  return `${direction} ${protocol} ${peerText(peer)} ${ports?.from}`;
}

function peerText(peer: RulePeer): string {
  return peer.kind === 'cidr' ? formatCidr(peer.cidr) : peer.id;
}

function targetText(target: RouteTarget): string {
  return 'id' in target ? target.id : target.kind;
}

function ruleValue(pick: (choices: number) => number): string {
  return `${pick(2) === 0 ? 'ingress' : 'egress'} 6 ${BLOCKS[pick(3)]} ${PORTS[pick(3)]}`;
}

function entryPlace(pick: (choices: number) => number): string {
  return `${pick(2) === 0 ? 'ingress' : 'egress'}/${[90, 100][pick(2)]}`;
}

function entryValue(pick: (choices: number) => number): string {
  return `${pick(2) === 0 ? 'allow' : 'deny'} ${BLOCKS[pick(3)]} ${PORTS[pick(3)]}`;
}

function rawEntry(place: string, value: string) {
  const [direction, ruleNumber] = place.split('/');
  const [RuleAction, CidrBlock, port] = value.split(' ');
  const PortRange = { From: Number(port), To: Number(port) };
  const numbered = { RuleNumber: Number(ruleNumber), Egress: direction === 'egress' };
  return { ...numbered, Protocol: '6', RuleAction, CidrBlock, PortRange };
}

function entryDeed(before: Parts, name: string, [key, value]: readonly [string, string]): Deed {
  const [networkAclId, place] = key.split(' ');
  const { RuleNumber, Egress, RuleAction, CidrBlock, PortRange } = rawEntry(place!, value);
  const numbers = { ruleNumber: RuleNumber, egress: Egress, portRange: { from: PortRange.From, to: PortRange.To } };
  const says = { ruleAction: RuleAction, aclProtocol: '6', cidrBlock: CidrBlock, icmpTypeCode: {} };
  return { after: new Map(before).set(key, value), plan: { name, request: { networkAclId, ...numbers, ...says } } };
}

function revokeDeed(before: Parts, pick: (choices: number) => number, isTold: boolean): Deed | undefined {
  const found = one(before, 'sg-', pick);
  if (found === undefined) return undefined;
  const [groupId, ruleId, value] = found;
  const rule = ruleFields(groupId, ruleId, value);
  return {
    after: less(before, `${groupId} ${ruleId}`),
    plan: {
      name: value.startsWith('egress') ? 'RevokeSecurityGroupEgress' : 'RevokeSecurityGroupIngress',
      request: { groupId, ipPermissions: { items: [permissionOf(rule)] } },
      response: { _return: true, ...(isTold && { revokedSecurityGroupRuleSet: { items: [rule] } }) },
    },
  };
}

function routeDeed(before: Parts, pick: (choices: number) => number, name: 'CreateRoute' | 'ReplaceRoute') {
  const destinationCidrBlock = BLOCKS[pick(3)]!;
  const key = `${TABLE} ${destinationCidrBlock}`;
  if (before.has(key) === (name === 'CreateRoute')) return undefined;
  const vpcPeeringConnectionId = pcx(['one', 'two'][pick(2)]!);
  return {
    after: new Map(before).set(key, vpcPeeringConnectionId),
    plan: { name, request: { routeTableId: TABLE, destinationCidrBlock, vpcPeeringConnectionId } },
  };
}

function one(before: Parts, prefix: string, pick: (choices: number) => number) {
  const keys = [...before.keys()].filter((key) => key.startsWith(prefix));
  const key = keys[pick(Math.max(keys.length, 1))];
  if (key === undefined) return undefined;
  const [object, place] = key.split(' ');
  return [object!, place!, before.get(key)!] as const;
}

function less(before: Parts, key: string): Parts {
  return new Map([...before].filter(([other]) => other !== key));
}

function capital(fields: object): object {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), value]),
  );
}
