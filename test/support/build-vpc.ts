import type { NetworkAcl } from '../../src/vpc/network-acl.ts';
import type { NetworkInterface } from '../../src/vpc/network-interface.ts';
import { parseSnapshot } from '../../src/vpc/parse-snapshot.ts';
import type { RawRefusal, RawSnapshot } from '../../src/vpc/raw-snapshot.ts';
import type { RouteTable } from '../../src/vpc/route-table.ts';
import type { SecurityGroup } from '../../src/vpc/security-group.ts';
import type { Snapshot } from '../../src/vpc/snapshot.ts';
import { acl, eni, nat, rtb, sg, vpc } from './ids.ts';
import { rawVpcSnapshot } from './raw-vpc.ts';
import type { RoutePlan } from './routes.ts';
import type { AclEntry, GroupRule } from './rules.ts';
import {
  EMPTY_VPC,
  type EndpointPlan,
  type FlowLogPlan,
  type InterfacePlan,
  type NatGatewayPlan,
  type PeeringPlan,
  type RouteTablePlan,
  type TransitGatewayPlan,
  type VpcPlace,
  type VpcPlan,
  type VpnConnectionPlan,
} from './vpc-plan.ts';

/**
 * A legal VPC, of which a test says only what it is about. Everything goes through raw AWS JSON and the real parser.
 * Subnets without an ACL of their own have the default one, which allows everything (NACL-8); groups let everything
 * out unless told otherwise (SG-5); interfaces are attached to a running instance of the same name.
 */
export function buildVpc(name = 'main', place: Partial<VpcPlace> = {}): VpcBuilder {
  return new VpcBuilder({ ...EMPTY_VPC, name, ...place });
}

/**
 * Several VPCs in one snapshot, routes and gateways included. Names of subnets, interfaces, groups and so on are ids, so
 * no two of these VPCs may share one. A peering is asked for by one of them: `.peering('shared', …)` in `main` leads to
 * `buildVpc('shared', { account: PEER_ACCOUNT })`.
 */
export function buildWorld(...vpcs: readonly VpcBuilder[]): BuiltWorld {
  const raws = vpcs.map((builder) => builder.paths().build().raw);
  const places = [...new Set(raws.map(placeOf))];
  const joined = places.map((place) => raws.filter((raw) => placeOf(raw) === place).reduce(joinMembers));
  return new BuiltWorld(joined, parseSnapshot(joined));
}

function placeOf({ accountId, region }: RawSnapshot): string {
  return `${accountId} ${region}`;
}

/** Two readings of one account and region as one. */
function joinMembers(one: RawSnapshot, other: RawSnapshot): RawSnapshot {
  const both = Object.entries(other).map(([member, value]) => {
    const known = one[member];
    return [member, Array.isArray(known) && Array.isArray(value) ? [...known, ...value] : value] as const;
  });
  return { ...one, ...other, ...Object.fromEntries(both) };
}

export class VpcBuilder {
  readonly #plan: VpcPlan;

  constructor(plan: VpcPlan) {
    this.#plan = plan;
  }

  #with(change: Partial<VpcPlan>): VpcBuilder {
    return new VpcBuilder({ ...this.#plan, ...change });
  }

  /** The VPC's blocks, IPv4 and IPv6, the primary first. */
  cidr(...cidrs: readonly string[]): VpcBuilder {
    return this.#with({ cidrs });
  }

  subnet(name: string, ...cidrs: readonly string[]): VpcBuilder {
    return this.#with({ subnets: [...this.#plan.subnets, { name, cidrs }] });
  }

  /** An ACL for the subnet of the same name, or for those named in `on`. */
  acl(name: string, entries: readonly AclEntry[], on: readonly string[] = [name]): VpcBuilder {
    return this.#with({ acls: [...this.#plan.acls, { name, entries, on }] });
  }

  securityGroup(
    name: string,
    rules: { readonly ingress?: readonly GroupRule[]; readonly egress?: readonly GroupRule[] } = {},
  ): VpcBuilder {
    const group = { name, ingress: rules.ingress ?? [], egress: rules.egress };
    return this.#with({ groups: [...this.#plan.groups, group] });
  }

  interface(name: string, plan: InterfacePlan): VpcBuilder {
    return this.#with({ interfaces: [...this.#plan.interfaces, { name, plan }] });
  }

  instanceType(name: string, type: string): VpcBuilder {
    return this.#with({ instanceTypes: new Map([...this.#plan.instanceTypes, [name, type]]) });
  }

  prefixList(name: string, ...cidrs: readonly string[]): VpcBuilder {
    return this.#with({ prefixLists: [...this.#plan.prefixLists, { name, cidrs }] });
  }

  /** A connection asked for by this VPC; the peer's VPC id is `vpc(name)`. */
  peering(name: string, plan: PeeringPlan): VpcBuilder {
    return this.#with({ peerings: [...this.#plan.peerings, { name, plan }] });
  }

  /** Subnets in another zone than the first: `.zone('b', 'db')`. */
  zone(letter: string, ...subnets: readonly string[]): VpcBuilder {
    const zones = subnets.map((name) => [name, letter] as const);
    return this.#with({ zones: new Map([...this.#plan.zones, ...zones]) });
  }

  /**
   * Routes and gateways were asked for, also those there are none of. Every word below says so too. A VPC whose main
   * table is not written has one with nothing but the local routes, which every table has (RT-8).
   */
  paths(): VpcBuilder {
    return this.#with({ paths: true });
  }

  /** A table for the subnet of the same name, unless it is told to be the main one, or whose it is. */
  routeTable(name: string, routes: readonly RoutePlan[] = [], plan: RouteTablePlan = {}): VpcBuilder {
    return this.paths().#with({ routeTables: [...this.#plan.routeTables, { name, routes, plan }] });
  }

  /** Attached to this VPC, and named like it, unless told otherwise. */
  internetGateway({ name = this.#plan.name, isAttached = true } = {}): VpcBuilder {
    return this.paths().#with({ internetGateways: [...this.#plan.internetGateways, { name, isAttached }] });
  }

  egressOnlyInternetGateway(name = this.#plan.name): VpcBuilder {
    return this.paths().#with({ egressOnlyInternetGateways: [...this.#plan.egressOnlyInternetGateways, name] });
  }

  vpnGateway({ name = this.#plan.name, isAttached = true } = {}): VpcBuilder {
    return this.paths().#with({ vpnGateways: [...this.#plan.vpnGateways, { name, isAttached }] });
  }

  vpnConnection(name: string, plan: VpnConnectionPlan): VpcBuilder {
    return this.paths().#with({ vpnConnections: [...this.#plan.vpnConnections, { name, plan }] });
  }

  /** With its interface, which goes by the same name. */
  natGateway(name: string, plan: NatGatewayPlan): VpcBuilder {
    const { in: subnet, address, publicAddress } = plan;
    const natInterface: InterfacePlan = {
      subnet,
      address,
      ...(publicAddress === undefined ? {} : { publicAddress }),
      type: 'nat_gateway',
      description: `Interface for NAT Gateway ${nat(name)}`,
      instance: false,
      requesterManaged: true,
      sourceDestCheck: false,
    };
    return this.interface(name, natInterface).paths().#with({
      natGateways: [...this.#plan.natGateways, { name, plan }],
    });
  }

  /** Its interfaces are written apart and named here. A gateway endpoint's routes are written in the tables. */
  endpoint(name: string, plan: EndpointPlan): VpcBuilder {
    return this.paths().#with({ endpoints: [...this.#plan.endpoints, { name, plan }] });
  }

  /** Owned by this VPC's account; attachments are named as the VPCs they lead to. */
  transitGateway(name: string, plan: TransitGatewayPlan): VpcBuilder {
    return this.paths().#with({ transitGateways: [...this.#plan.transitGateways, { name, plan }] });
  }

  /** The VPC's DNS attributes. */
  dns(attributes: { readonly support?: boolean; readonly hostnames?: boolean }): VpcBuilder {
    const { support, hostnames } = attributes;
    const values = { EnableDnsSupport: { Value: support }, EnableDnsHostnames: { Value: hostnames } };
    const told = Object.entries(values).filter(([, { Value: value }]) => value !== undefined);
    return this.raw({ VpcAttributes: [{ VpcId: vpc(this.#plan.name), ...Object.fromEntries(told) }] });
  }

  flowLog(plan: FlowLogPlan = {}, name = 'flow-log'): VpcBuilder {
    return this.#with({ flowLogs: [...this.#plan.flowLogs, { name, plan }] });
  }

  blockPublicAccess(mode: string, managedBy = 'account'): VpcBuilder {
    return this.raw({ VpcBlockPublicAccessOptions: { InternetGatewayBlockMode: mode, ManagedBy: managedBy } });
  }

  encryptionControl(mode: string, state = 'available'): VpcBuilder {
    return this.raw({ VpcEncryptionControls: [{ VpcId: vpc(this.#plan.name), Mode: mode, State: state }] });
  }

  /** Only these groups' members were asked for; without this call all are known. */
  membersKnownOf(...groups: readonly string[]): VpcBuilder {
    return this.raw({ membersOf: groups.map(sg) });
  }

  /** Only `DescribeSecurityGroups` was asked, so that no rule has an id (SG-38). */
  withoutRuleIds(): VpcBuilder {
    return this.#with({ ruleIds: false });
  }

  refused(refusal: RawRefusal): VpcBuilder {
    return this.#with({ refusals: [...this.#plan.refusals, refusal] });
  }

  /** Members of the raw JSON that replace the built ones; `undefined` stands for "not asked for". */
  raw(members: Readonly<Record<string, unknown>>): VpcBuilder {
    return this.#with({ extra: { ...this.#plan.extra, ...members } });
  }

  build(): BuiltVpc {
    const raw = rawVpcSnapshot(this.#plan);
    return new BuiltVpc(raw, parseSnapshot([raw]));
  }
}

/** What the parser made of the raw JSON, and its parts by name. */
export class BuiltWorld {
  readonly raws: readonly RawSnapshot[];
  readonly snapshot: Snapshot;

  constructor(raws: readonly RawSnapshot[], snapshot: Snapshot) {
    this.raws = raws;
    this.snapshot = snapshot;
  }

  interface(name: string): NetworkInterface {
    return this.snapshot.interfaces.get(eni(name))!;
  }

  group(name: string): SecurityGroup {
    return this.snapshot.securityGroups.get(sg(name))!;
  }

  /** By its own name; `default` is the default ACL of the VPC `main`. */
  acl(name: string): NetworkAcl {
    return this.snapshot.networkAcls.get(acl(name))!;
  }

  /** By its own name; `main` is the unwritten main table of the VPC `main`. */
  routeTable(name: string): RouteTable {
    return this.snapshot.routeTables.get(rtb(name))!;
  }
}

/** One VPC alone. */
export class BuiltVpc extends BuiltWorld {
  readonly raw: RawSnapshot;

  constructor(raw: RawSnapshot, snapshot: Snapshot) {
    super([raw], snapshot);
    this.raw = raw;
  }
}
