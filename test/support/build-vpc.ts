import type { NetworkAcl } from '../../src/vpc/network-acl.ts';
import type { NetworkInterface } from '../../src/vpc/network-interface.ts';
import { parseSnapshot } from '../../src/vpc/parse-snapshot.ts';
import type { RawRefusal, RawSnapshot } from '../../src/vpc/raw-snapshot.ts';
import type { SecurityGroup } from '../../src/vpc/security-group.ts';
import type { Snapshot } from '../../src/vpc/snapshot.ts';
import { acl, eni, sg, vpc } from './ids.ts';
import { rawVpcSnapshot } from './raw-vpc.ts';
import type { AclEntry, GroupRule } from './rules.ts';
import { EMPTY_VPC, type FlowLogPlan, type InterfacePlan, type PeeringPlan, type VpcPlan } from './vpc-plan.ts';

/**
 * A legal VPC, of which a test says only what it is about. Everything goes through raw AWS JSON and the real parser.
 * Subnets without an ACL of their own have the default one, which allows everything (NACL-8); groups let everything
 * out unless told otherwise (SG-5); interfaces are attached to a running instance of the same name.
 */
export function buildVpc(): VpcBuilder {
  return new VpcBuilder(EMPTY_VPC);
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

  flowLog(plan: FlowLogPlan = {}, name = 'flow-log'): VpcBuilder {
    return this.#with({ flowLogs: [...this.#plan.flowLogs, { name, plan }] });
  }

  blockPublicAccess(mode: string, managedBy = 'account'): VpcBuilder {
    return this.raw({ VpcBlockPublicAccessOptions: { InternetGatewayBlockMode: mode, ManagedBy: managedBy } });
  }

  encryptionControl(mode: string, state = 'available'): VpcBuilder {
    return this.raw({ VpcEncryptionControls: [{ VpcId: vpc('main'), Mode: mode, State: state }] });
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

/** The raw JSON, what the parser made of it, and its parts by name. */
export class BuiltVpc {
  readonly raw: RawSnapshot;
  readonly snapshot: Snapshot;

  constructor(raw: RawSnapshot, snapshot: Snapshot) {
    this.raw = raw;
    this.snapshot = snapshot;
  }

  interface(name: string): NetworkInterface {
    return this.snapshot.interfaces.get(eni(name))!;
  }

  group(name: string): SecurityGroup {
    return this.snapshot.securityGroups.get(sg(name))!;
  }

  /** By its own name; `default` is the VPC's default ACL. */
  acl(name: string): NetworkAcl {
    return this.snapshot.networkAcls.get(acl(name))!;
  }
}
