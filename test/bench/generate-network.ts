import { parseSnapshot } from '../../src/vpc/parse-snapshot.ts';
import type { RawSnapshot } from '../../src/vpc/raw-snapshot.ts';
import type { Snapshot } from '../../src/vpc/snapshot.ts';
import { buildWorld, buildVpc, type VpcBuilder } from '../support/build-vpc.ts';
import { route, viaInternetGateway, viaNatGateway, viaPeering } from '../support/routes.ts';
import { allow, groupOf, tcp, type GroupRule } from '../support/rules.ts';

/** For each VPC: with 50 of them 1,000 interfaces, 500 groups of 60 rules, 100 peerings and 300 endpoints. */
const INTERFACES = 20;
const GROUPS = 10;
const RULES_EACH = 60;
const PEERINGS = 2;
const ENDPOINTS = 6;

export interface GeneratedNetwork {
  readonly raws: readonly RawSnapshot[];
  readonly snapshot: Snapshot;
  /** Interfaces, rules, routes, peerings, endpoints and so on, all told. */
  readonly objects: number;
}

/** An account with so many VPCs, each peered with the next two, with faults here and there. */
export function generateNetwork(vpcs: number): GeneratedNetwork {
  const { raws } = buildWorld(...Array.from({ length: vpcs }, (_, index) => vpcOf(index, vpcs)));
  return { raws, snapshot: parseSnapshot(raws), objects: vpcs * OBJECTS_PER_VPC };
}

const OBJECTS_PER_VPC = INTERFACES + GROUPS * (1 + RULES_EACH) + PEERINGS + ENDPOINTS + 4;

function vpcOf(index: number, of: number): VpcBuilder {
  const name = `v${index}`;
  const cidr = `10.${index}`;
  const peers = Array.from({ length: PEERINGS }, (_, step) => (index + step + 1) % of).filter((far) => far !== index);
  const toPeers = peers.map((far) => route(`10.${far}.0.0/16`, viaPeering(`${name}-v${far}`)));
  const bare = buildVpc(name)
    .cidr(`${cidr}.0.0/16`)
    .subnet(`${name}-app`, `${cidr}.1.0/24`)
    .subnet(`${name}-out`, `${cidr}.9.0/24`)
    .internetGateway()
    .natGateway(`${name}-nat`, { in: `${name}-out`, address: `${cidr}.9.4`, publicAddress: `198.51.100.${index + 1}` })
    .routeTable(`${name}-app`, [route('0.0.0.0/0', viaNatGateway(`${name}-nat`)), ...toPeers])
    .routeTable(`${name}-out`, [route('0.0.0.0/0', viaInternetGateway(name))])
    .dns({ support: true, hostnames: true });
  return withEndpoints(withPeerings(withInterfaces(withGroups(bare, name, cidr), name, cidr), name, peers), name);
}

function withGroups(vpc: VpcBuilder, name: string, cidr: string): VpcBuilder {
  return Array.from({ length: GROUPS }, (_, group) => group).reduce(
    (built, group) => built.securityGroup(`${name}-g${group}`, { ingress: rulesOf(name, cidr, group) }),
    vpc,
  );
}

function rulesOf(name: string, cidr: string, group: number): readonly GroupRule[] {
  return Array.from({ length: RULES_EACH }, (_, index) =>
    index % 10 === 0
      ? allow(tcp(8000 + index), groupOf(name, `${name}-g${(group + 1) % GROUPS}`))
      : allow(tcp(8000 + index), `${cidr}.${index}.0/24`),
  );
}

function withInterfaces(vpc: VpcBuilder, name: string, cidr: string): VpcBuilder {
  return Array.from({ length: INTERFACES }, (_, index) => index).reduce(
    (built, index) =>
      built.interface(`${name}-i${index}`, {
        subnet: `${name}-app`,
        address: `${cidr}.1.${index + 10}`,
        groups: [`${name}-g${index % GROUPS}`],
      }),
    vpc,
  );
}

/** Each tenth was never accepted. */
function withPeerings(vpc: VpcBuilder, name: string, peers: readonly number[]): VpcBuilder {
  return peers.reduce(
    (built, far) =>
      built.peering(`${name}-v${far}`, {
        cidrs: [`10.${far}.0.0/16`],
        vpc: `v${far}`,
        status: far % 10 === 9 ? 'pending-acceptance' : 'active',
        accountId: '123456789012',
      }),
    vpc,
  );
}

const SERVICES = ['s3', 'dynamodb', 'ssm', 'ec2messages', 'logs', 'kms'];

function withEndpoints(vpc: VpcBuilder, name: string): VpcBuilder {
  return SERVICES.slice(0, ENDPOINTS).reduce(
    (built, service, index) =>
      built.endpoint(
        `${name}-${service}`,
        index < 2
          ? { service, type: 'Gateway', tables: [`${name}-out`] }
          : { service, subnets: [`${name}-app`], groups: [`${name}-g0`], privateDns: true },
      ),
    vpc,
  );
}
