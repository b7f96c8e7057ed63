import { evaluateNetworkAclForPorts } from '../../engine/evaluate-network-acl.ts';
import { freeRuleNumber } from '../../engine/fix/free-rule-number.ts';
import { networkAclTable, type NetworkAclFilters } from '../../engine/network-acl-table.ts';
import type { Address } from '../../net/address.ts';
import { hostCidr, type Cidr } from '../../net/cidr.ts';
import type { Direction } from '../../net/direction.ts';
import { CLIENT_PORTS, intersectRanges, type PortRange } from '../../net/port-range.ts';
import { TCP } from '../../net/protocol.ts';
import type { NetworkAclId, SubnetId } from '../../vpc/ids.ts';
import type { NetworkAcl } from '../../vpc/network-acl.ts';
import type { Snapshot } from '../../vpc/snapshot.ts';
import type { AclRefusal } from './endpoint-fault.ts';

/** One crossing of a subnet's border: an ACL sees the packet's addresses and its destination port. */
export interface Pass {
  readonly subnetId: SubnetId;
  readonly direction: Direction;
  /** At this side of the border. */
  readonly here: Address;
  /** At the other. */
  readonly there: Address;
  /** How to name the other side. */
  readonly remote?: Cidr;
  readonly ports: PortRange;
}

export interface SubnetAcls {
  readonly aclOf: (subnetId: SubnetId) => NetworkAcl | undefined;
  /** What the subnet's ACL drops of the pass; nothing where the ACL is not known. */
  readonly refusalsOf: (pass: Pass) => readonly AclRefusal[];
}

/**
 * AWS lists every subnet of an ACL, those that fell back to the default one too.
 * NACL-6, NACL-7. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
 */
export function subnetAcls({ networkAcls }: Snapshot): SubnetAcls {
  const bySubnet = new Map([...networkAcls.values()].flatMap((acl) => acl.subnetIds.map((id) => [id, acl] as const)));
  const compiled = new Map<NetworkAclId, NetworkAclFilters>();
  const filtersOf = (acl: NetworkAcl): NetworkAclFilters => {
    const filters = compiled.get(acl.id) ?? compile(acl);
    compiled.set(acl.id, filters);
    return filters;
  };
  return {
    aclOf: (subnetId) => bySubnet.get(subnetId),
    refusalsOf: (pass) => {
      const acl = bySubnet.get(pass.subnetId);
      if (acl === undefined) return [];
      return refusals(filtersOf(acl), pass).map((refusal) => withFreeNumber(refusal, acl));
    },
  };
}

function compile(acl: NetworkAcl): NetworkAclFilters {
  return { networkAcl: { ingress: networkAclTable(acl, 'ingress'), egress: networkAclTable(acl, 'egress') } };
}

function refusals(filters: NetworkAclFilters, pass: Pass): readonly AclRefusal[] {
  const { subnetId, direction, here, there, remote = hostCidr(there), ports } = pass;
  const ends = direction === 'ingress' ? { source: there, destination: here } : { source: here, destination: there };
  return evaluateNetworkAclForPorts(filters, direction, { packet: { protocol: TCP, ...ends }, ports }).flatMap(
    ({ decision, ports: part }) =>
      decision.kind === 'denied' ? [{ subnetId, direction, by: decision.by, remote, ports: part }] : [],
  );
}

function withFreeNumber(refusal: AclRefusal, acl: NetworkAcl): AclRefusal {
  const freeNumber = freeRuleNumber(acl, refusal.direction, refusal.by.ruleNumber);
  return freeNumber === undefined ? refusal : { ...refusal, freeNumber };
}

/**
 * Answers go to the client's port. Linux takes it from these by default; who refuses others may know that no client
 * has them.
 * NACL-17, NACL-18. https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html
 */
const LINUX_PORTS: PortRange = { from: 32_768, to: 60_999 };

/** What is refused of the answers to clients, when ordinary clients are among them. */
export function refusedAnswers({ refusalsOf }: SubnetAcls, pass: Omit<Pass, 'ports'>): readonly AclRefusal[] {
  const refused = refusalsOf({ ...pass, ports: CLIENT_PORTS });
  return refused.some(({ ports }) => intersectRanges(ports, LINUX_PORTS) !== undefined) ? refused : [];
}
