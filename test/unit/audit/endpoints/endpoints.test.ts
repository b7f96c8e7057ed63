import { describe, expect, it } from 'vitest';
import { findClosedEgress } from '../../../../src/audit/endpoints/find-closed-egress.ts';
import {
  findHiddenGateways,
  findPrivateDnsOff,
  findVpcDnsOff,
} from '../../../../src/audit/endpoints/find-dns-faults.ts';
import { findIdleEndpoints } from '../../../../src/audit/endpoints/find-idle-endpoints.ts';
import { findHopesOnPeers, findUnencryptedPorts } from '../../../../src/audit/endpoints/find-misplaced-hopes.ts';
import { findDenyingPolicies, findOpenPolicies } from '../../../../src/audit/endpoints/find-policy-faults.ts';
import { findRefusingAcls } from '../../../../src/audit/endpoints/find-refusing-acls.ts';
import { findRefusingGroups } from '../../../../src/audit/endpoints/find-refusing-groups.ts';
import { findSingleZone } from '../../../../src/audit/endpoints/find-single-zone.ts';
import { findDuplicates } from '../../../../src/audit/endpoints/find-spare-endpoints.ts';
import { findUnavailableEndpoints } from '../../../../src/audit/endpoints/find-unavailable-endpoints.ts';
import type { AuditWorld } from '../../../../src/audit/audit-rule.ts';
import { auditSnapshot } from '../../../../src/audit/audit-snapshot.ts';
import { compareAudits } from '../../../../src/audit/compare-audits.ts';
import type { EndpointUse } from '../../../../src/audit/endpoint-use.ts';
import type { Gap } from '../../../../src/vpc/gap.ts';
import { auditOf } from '../../../support/audits.ts';
import { buildVpc, type VpcBuilder } from '../../../support/build-vpc.ts';
import { acl, eni, pcx, pl, rtb, sg, subnet, vpc, vpce } from '../../../support/ids.ts';
import { route, viaEndpoint, viaPeering } from '../../../support/routes.ts';
import { allow, anything, egress, group, ingress, prefixList, tcp, type AclEntry } from '../../../support/rules.ts';
import type { EndpointPlan, InterfacePlan } from '../../../support/vpc-plan.ts';

const S3 = 'com.amazonaws.eu-west-1.s3';

/** Hosts in two subnets, and an endpoint of SQS in a third, with private DNS and a group that lets the VPC in. */
const network = (): VpcBuilder =>
  buildVpc()
    .dns({ support: true, hostnames: true })
    .subnet('app', '10.0.1.0/24')
    .subnet('batch', '10.0.2.0/24')
    .subnet('endpoints', '10.0.3.0/24')
    .securityGroup('hosts')
    .interface('web', { subnet: 'app', address: '10.0.1.10', groups: ['hosts'] })
    .interface('job', { subnet: 'batch', address: '10.0.2.10', groups: ['hosts'] });

const ofEndpoint = (address: string, groups: readonly string[] = ['endpoint']): InterfacePlan => ({
  subnet: 'endpoints',
  address,
  groups,
  type: 'vpc_endpoint',
  instance: false,
  requesterManaged: true,
});

const SQS: EndpointPlan = {
  service: 'sqs',
  privateDns: true,
  subnets: ['endpoints'],
  interfaces: ['sqs-a'],
  groups: ['endpoint'],
};

/** The endpoint `sqs`, healthy but for what the test changes. */
const withSqs = (change: Partial<EndpointPlan> = {}, rules = [allow(tcp(443), '10.0.0.0/16')]): VpcBuilder =>
  network()
    .securityGroup('endpoint', { ingress: rules })
    .interface('sqs-a', ofEndpoint('10.0.3.10'))
    .endpoint('sqs', { ...SQS, ...change });

it('finds nothing wrong with a healthy interface endpoint', () => {
  const world = withSqs();

  expect(auditSnapshot(auditOf(world), ['endpoints']).findings).toEqual([]);
});

describe('state (VPCE-2, VPCE-40)', () => {
  it.each([
    { state: 'failed', severity: 'high' },
    { state: 'Rejected', severity: 'high' },
    { state: 'expired', severity: 'high' },
    { state: 'Partial', severity: 'high' },
    { state: 'pendingAcceptance', severity: 'medium' },
    { state: 'pending', severity: 'low' },
  ])('$state is reported with the last error', ({ state, severity }) => {
    expect(findUnavailableEndpoints(auditOf(withSqs({ state, error: 'OutOfAddresses' })))).toMatchObject([
      {
        id: `endpoint-not-available:${vpce('sqs')}`,
        severity,
        fault: { endpoint: { state: state.toLowerCase(), lastError: { code: 'OutOfAddresses' } } },
        objects: [{ id: vpce('sqs'), name: 'sqs', vpcId: vpc('main') }],
      },
    ]);
  });

  it.each(['available', 'deleting', 'a word of tomorrow'])('%s is not', (state) => {
    expect(findUnavailableEndpoints(auditOf(withSqs({ state })))).toEqual([]);
  });

  it.each(['Resource', 'ServiceNetwork', 'Tunnel', 'GatewayLoadBalancer'])('is judged for %s too', (type) => {
    expect(findUnavailableEndpoints(auditOf(withSqs({ type, state: 'failed' })))).toHaveLength(1);
  });
});

const keyspaces = (port: number) => withSqs({ service: 'cassandra' }, [allow(tcp(port), '10.0.0.0/16')]);

describe('groups of the endpoint (VPCE-20, VPCE-38)', () => {
  it('are found when they let in their own members only, as the default group does', () => {
    const world = withSqs({}, [allow(anything, group('endpoint'))]);

    expect(findRefusingGroups(auditOf(world))).toMatchObject([
      {
        id: `endpoint-groups-refuse:${vpce('sqs')}`,
        severity: 'high',
        fault: {
          ports: [443],
          extent: 'everybody',
          refused: [
            { id: subnet('app'), example: eni('web'), clients: 1 },
            { id: subnet('batch'), example: eni('job'), clients: 1 },
          ],
        },
        objects: [{ id: vpce('sqs') }, { id: sg('endpoint') }],
      },
    ]);
  });

  it('are found when private DNS leads clients here whom they refuse', () => {
    const world = withSqs({}, [allow(tcp(443), '10.0.1.0/24')]);

    expect(findRefusingGroups(auditOf(world))).toMatchObject([
      { severity: 'medium', fault: { extent: 'some', refused: [{ id: subnet('batch') }] } },
    ]);
  });

  it('may be narrow where clients choose the endpoint by its own name', () => {
    expect(findRefusingGroups(auditOf(withSqs({ privateDns: false }, [allow(tcp(443), '10.0.1.0/24')])))).toEqual([]);
  });

  it('are well when they let in by group', () => {
    expect(findRefusingGroups(auditOf(withSqs({}, [allow(tcp(443), group('hosts'))])))).toEqual([]);
  });

  it('are judged by the port of the service', () => {
    expect(findRefusingGroups(auditOf(keyspaces(443)))).toMatchObject([{ fault: { ports: [9142] } }]);
    expect(findRefusingGroups(auditOf(keyspaces(9142)))).toEqual([]);
  });

  const empty = (rules: Parameters<typeof withSqs>[1]): VpcBuilder =>
    buildVpc()
      .subnet('endpoints', '10.0.3.0/24')
      .securityGroup('endpoint', { ingress: rules ?? [] })
      .endpoint('sqs', SQS);

  it('are judged by address in a VPC where nobody is yet', () => {
    expect(findRefusingGroups(auditOf(empty([allow(tcp(443), '192.168.0.0/16')])))).toMatchObject([
      { severity: 'high', fault: { refused: [] } },
    ]);
    expect(findRefusingGroups(auditOf(empty([allow(tcp(443), '10.0.0.0/8')])))).toEqual([]);
    expect(findRefusingGroups(auditOf(empty([allow(tcp(443), group('later'))])))).toEqual([]);
  });

  it.each([
    { why: 'a group could not be read', world: withSqs({ groups: ['unread'] }) },
    { why: 'the type takes no groups', world: withSqs({ type: 'GatewayLoadBalancer' }, []) },
  ])('are not judged where $why', ({ world }) => {
    expect(findRefusingGroups(auditOf(world))).toEqual([]);
  });

  it('are not judged where only the provider of the service knows its port', () => {
    const { raw } = withSqs({}, []).build();
    const [told] = raw['VpcEndpoints'] as readonly object[];
    const ofSomebody = { ...told, ServiceName: 'com.amazonaws.vpce.eu-west-1.vpce-svc-0a1b2c3d4e5f60718' };

    expect(findRefusingGroups(auditOf(withSqs({}, []).raw({ VpcEndpoints: [ofSomebody] })))).toEqual([]);
  });
});

describe('network ACLs on the way to an interface endpoint', () => {
  const open = [ingress(100).allow(anything, '0.0.0.0/0'), egress(100).allow(anything, '0.0.0.0/0')];

  it.each<{ what: string; on: string; entries: readonly AclEntry[]; refusal: object }>([
    {
      what: 'refuse requests at the endpoint',
      on: 'endpoints',
      entries: [ingress(90).deny(tcp(443), '10.0.2.0/24'), ...open],
      refusal: { direction: 'ingress', by: { ruleNumber: 90 }, subnetId: subnet('endpoints') },
    },
    {
      what: 'refuse answers at the endpoint',
      on: 'endpoints',
      entries: [ingress(100).allow(anything, '0.0.0.0/0'), egress(100).allow(tcp(443), '0.0.0.0/0')],
      refusal: { direction: 'egress', by: { ruleNumber: 32767 } },
    },
    {
      what: 'refuse requests at the client',
      on: 'batch',
      entries: [ingress(100).allow(anything, '0.0.0.0/0'), egress(100).allow(tcp(5432), '0.0.0.0/0')],
      refusal: { direction: 'egress', subnetId: subnet('batch') },
    },
    {
      what: 'refuse answers to ports that Linux uses',
      on: 'batch',
      entries: [ingress(100).allow(tcp(49152, 65535), '0.0.0.0/0'), egress(100).allow(anything, '0.0.0.0/0')],
      refusal: { direction: 'ingress', ports: { from: 1024, to: 49151 } },
    },
  ])('are found when they $what', ({ on, entries, refusal }) => {
    const findings = findRefusingAcls(auditOf(withSqs().acl(on, entries)));

    expect(findings).toMatchObject([{ id: `endpoint-acl-refuses:${vpce('sqs')}:${acl(on)}`, severity: 'high' }]);
    expect(findings[0]?.fault).toMatchObject({ aclId: acl(on), refusals: [refusal] });
  });

  it.each<{ what: string; on: string; entries: readonly AclEntry[] }>([
    {
      what: 'open what is needed and no more',
      on: 'endpoints',
      entries: [ingress(100).allow(tcp(443), '10.0.0.0/16'), egress(100).allow(tcp(1024, 65535), '10.0.0.0/16')],
    },
    {
      what: 'know their clients for Linux',
      on: 'batch',
      entries: [ingress(100).allow(tcp(32768, 61000), '10.0.0.0/16'), egress(100).allow(tcp(443), '10.0.0.0/16')],
    },
  ])('are well when they $what', ({ on, entries }) => {
    expect(findRefusingAcls(auditOf(withSqs().acl(on, entries)))).toEqual([]);
  });

  it('are not asked inside one subnet (EVAL-4)', () => {
    const world = buildVpc()
      .subnet('all', '10.0.1.0/24')
      .acl('all', [])
      .interface('web', { subnet: 'all', address: '10.0.1.10' })
      .endpoint('sqs', { ...SQS, subnets: ['all'] });

    expect(findRefusingAcls(auditOf(world))).toEqual([]);
  });
});

/** An S3 gateway endpoint for the subnet `app`. */
const withS3 = (groupRules?: Parameters<VpcBuilder['securityGroup']>[1]): VpcBuilder =>
  buildVpc()
    .dns({ support: true, hostnames: true })
    .subnet('app', '10.0.1.0/24')
    .securityGroup('hosts', groupRules)
    .interface('web', { subnet: 'app', address: '10.0.1.10', groups: ['hosts'] })
    .prefixList(S3, '3.5.64.0/21', '52.218.0.0/17')
    .endpoint('s3', { service: 's3', type: 'Gateway', tables: ['app'] })
    .routeTable('app', [route({ prefixList: S3 }, viaEndpoint('s3'))]);

it('finds nothing wrong with a healthy gateway endpoint', () => {
  expect(auditSnapshot(auditOf(withS3()), ['endpoints']).findings).toEqual([]);
});

describe('network ACLs between a subnet and a service (VPCE-37)', () => {
  it('are found when they let the answers in from nowhere', () => {
    const world = withS3().acl('app', [
      egress(100).allow(tcp(443), '0.0.0.0/0'),
      ingress(100).allow(tcp(1024, 65535), '10.0.0.0/16'),
    ]);

    expect(findRefusingAcls(auditOf(world))).toMatchObject([
      {
        id: `endpoint-acl-refuses:${vpce('s3')}:${acl('app')}`,
        fault: { refusals: [{ direction: 'ingress', by: { ruleNumber: 32767 }, remote: { prefixLength: 21 } }] },
      },
    ]);
  });

  it('are found when they leave out one block of the service', () => {
    const world = withS3().acl('app', [
      egress(100).allow(tcp(443), '3.5.64.0/21'),
      ingress(100).allow(tcp(1024, 65535), '0.0.0.0/0'),
    ]);

    expect(findRefusingAcls(auditOf(world))).toMatchObject([
      { fault: { refusals: [{ direction: 'egress', remote: { prefixLength: 17 } }] } },
    ]);
  });

  it('are well when they open all of the service', () => {
    const world = withS3().acl('app', [
      egress(100).allow(tcp(443), '3.5.64.0/21'),
      egress(110).allow(tcp(443), '52.218.0.0/17'),
      ingress(100).allow(tcp(1024, 65535), '0.0.0.0/0'),
    ]);

    expect(findRefusingAcls(auditOf(world))).toEqual([]);
  });

  it('are not judged for subnets that the endpoint does not serve', () => {
    expect(findRefusingAcls(auditOf(withS3().subnet('db', '10.0.2.0/24').acl('db', [])))).toEqual([]);
  });
});

describe('egress of clients of a gateway endpoint (VPCE-14, VPCE-36)', () => {
  it('is found closed when rules for some traffic leave out the prefix list', () => {
    expect(findClosedEgress(auditOf(withS3({ egress: [allow(tcp(443), '10.0.0.0/16')] })))).toMatchObject([
      {
        id: `endpoint-egress-closed:${vpce('s3')}:${sg('hosts')}`,
        severity: 'low',
        fault: { service: 's3', prefixListId: pl(S3), groups: [sg('hosts')], interfaces: [eni('web')] },
      },
    ]);
  });

  it.each([
    { what: 'the prefix list', rule: allow(tcp(443), prefixList(S3)) },
    { what: 'everywhere', rule: allow(anything, '0.0.0.0/0') },
  ])('is well when it opens to $what', ({ rule }) => {
    expect(findClosedEgress(auditOf(withS3({ egress: [rule] })))).toEqual([]);
  });
});

const beside = (plan: Partial<EndpointPlan>): VpcBuilder =>
  withS3().endpoint('s3-interface', { service: 's3', privateDns: true, ...plan });

describe('DNS', () => {
  it('private DNS that is off is reported, with what may stand in for it (VPCE-22)', () => {
    expect(findPrivateDnsOff(auditOf(withSqs({ privateDns: false })))).toMatchObject([
      {
        id: `endpoint-private-dns-off:${vpce('sqs')}`,
        severity: 'low',
        gaps: [{ fact: 'private-hosted-zones', because: 'not-collected' }],
      },
    ]);
  });

  it.each([
    { what: 'that is on', plan: {} },
    { what: 'of S3, beside its gateway endpoint', plan: { service: 's3', privateDns: false } },
    { what: 'of other types', plan: { type: 'ServiceNetwork', privateDns: false } },
  ])('private DNS $what is well', ({ plan }) => {
    expect(findPrivateDnsOff(auditOf(withSqs(plan)))).toEqual([]);
  });

  it.each([
    { attributes: { support: false, hostnames: true }, off: ['enableDnsSupport'] },
    { attributes: { support: true, hostnames: false }, off: ['enableDnsHostnames'] },
    { attributes: { support: false, hostnames: false }, off: ['enableDnsSupport', 'enableDnsHostnames'] },
  ])('attributes of the VPC that are off are reported: $off (VPCE-39)', ({ attributes, off }) => {
    expect(findVpcDnsOff(auditOf(withSqs().dns(attributes)))).toMatchObject([
      {
        id: `endpoint-vpc-dns-off:${vpc('main')}`,
        severity: 'high',
        fault: { off, endpoints: [vpce('sqs')] },
        objects: [{ id: vpc('main') }, { id: vpce('sqs') }],
      },
    ]);
  });

  it.each([
    { why: 'they are on', world: withSqs() },
    { why: 'nobody asked for them', world: withSqs().raw({ VpcAttributes: undefined }) },
    { why: 'no endpoint needs them', world: withSqs({ privateDns: false }).dns({ support: false }) },
  ])('attributes of the VPC are well where $why', ({ world }) => {
    expect(findVpcDnsOff(auditOf(world))).toEqual([]);
  });

  it('a paid S3 endpoint that hides the free one is reported (VPCE-43)', () => {
    expect(findHiddenGateways(auditOf(beside({})))).toMatchObject([
      {
        id: `endpoint-hides-gateway:${vpce('s3-interface')}`,
        fault: { gatewayEndpointId: vpce('s3'), service: 's3', price: { amount: 0.01, per: 'GB' } },
      },
    ]);
  });

  it.each([
    { why: 'only resolvers from outside see it', plan: { privateDnsForResolverOnly: true } },
    { why: 'it has no private DNS', plan: { privateDns: false } },
    { why: 'it is of another service', plan: { service: 'sqs' } },
  ])('a paid endpoint hides nothing where $why', ({ plan }) => {
    expect(findHiddenGateways(auditOf(beside(plan)))).toEqual([]);
  });
});

describe('zones (VPCE-25, VPCE-41)', () => {
  it('one only is reported where clients are in more', () => {
    expect(findSingleZone(auditOf(withSqs().zone('b', 'batch')))).toMatchObject([
      {
        id: `endpoint-one-zone:${vpce('sqs')}`,
        severity: 'low',
        fault: { zone: 'eu-west-1a', without: ['eu-west-1b'], candidates: [subnet('batch')] },
        measure: 1,
      },
    ]);
  });

  it.each([
    { why: 'all clients are in it', world: withSqs() },
    { why: 'the endpoint is in two', world: withSqs({ subnets: ['endpoints', 'batch'] }).zone('b', 'batch') },
    {
      why: 'a Gateway Load Balancer endpoint has but one (VPCE-9)',
      world: withSqs({ type: 'GatewayLoadBalancer' }).zone('b', 'batch'),
    },
  ])('one only is well where $why', ({ world }) => {
    expect(findSingleZone(auditOf(world))).toEqual([]);
  });
});

const statement = (Effect: string, more: object = {}): object => ({
  Effect,
  Principal: '*',
  Action: '*',
  Resource: '*',
  ...more,
});
const policy = (...Statement: readonly object[]): EndpointPlan['policy'] => ({ Statement });
const SOME = { Action: 'sqs:SendMessage' };

describe('policies (VPCE-31)', () => {
  it.each([
    { what: 'without an allow', document: policy(), because: 'no-allow' },
    {
      what: 'that denies everybody everything',
      document: policy(statement('Allow', SOME), statement('Deny')),
      because: 'denies-everybody',
    },
    {
      what: 'that denies so to AWS',
      document: policy(statement('Deny', { Principal: { AWS: ['*'] } })),
      because: 'denies-everybody',
    },
  ])('one $what is reported', ({ document, because }) => {
    expect(findDenyingPolicies(auditOf(withSqs({ policy: document! })))).toMatchObject([
      { id: `endpoint-policy-denies-all:${vpce('sqs')}`, severity: 'high', fault: { because } },
    ]);
  });

  it.each([
    { what: 'that allows something', document: policy(statement('Allow', SOME)) },
    {
      what: 'that denies on a condition',
      document: policy(statement('Allow', SOME), statement('Deny', { Condition: { Bool: {} } })),
    },
    { what: 'that is not readable', document: policy({ Effect: 'Perhaps' }) },
  ])('one $what is well', ({ document }) => {
    expect(findDenyingPolicies(auditOf(withSqs({ policy: document! })))).toEqual([]);
  });

  it('that allow everything to anyone are told once a VPC', () => {
    const open = policy(statement('Allow', { Principal: { AWS: '*' } }));
    const world = withSqs({ policy: open! }).endpoint('sns', { service: 'sns', policy: open! });

    expect(findOpenPolicies(auditOf(world))).toMatchObject([
      {
        id: `endpoint-policy-open:${vpc('main')}`,
        severity: 'low',
        fault: { endpoints: [vpce('sqs'), vpce('sns')] },
        measure: 2,
      },
    ]);
  });

  it.each([
    { what: 'for some actions', document: policy(statement('Allow', SOME)) },
    { what: 'on a condition', document: policy(statement('Allow', { Condition: { StringEquals: {} } })) },
    { what: 'with exceptions', document: policy(statement('Allow'), statement('Deny', SOME)) },
  ])('that allow $what are well', ({ document }) => {
    expect(findOpenPolicies(auditOf(withSqs({ policy: document! })))).toEqual([]);
  });

  it('that AWS did not tell are not judged', () => {
    expect(findOpenPolicies(auditOf(withSqs()))).toEqual([]);
  });
});

const seen = (use: EndpointUse): Partial<AuditWorld> => ({ endpointUses: new Map([[vpce('sqs'), use]]) });
const silent = seen({ kind: 'silent', window: { start: 0, end: 86_400 } });
const unseen: Gap = { fact: 'endpoint-traffic', about: vpce('sqs'), because: 'not-found' };

describe('endpoints to spare', () => {
  it('duplicates are reported once, with what one costs', () => {
    const [one, two] = [vpce('sqs'), vpce('sqs-again')].sort();

    expect(findDuplicates(auditOf(withSqs().endpoint('sqs-again', SQS)))).toMatchObject([
      {
        severity: 'low',
        fault: {
          endpoints: [one, two],
          serviceName: 'com.amazonaws.eu-west-1.sqs',
          price: { amount: 0.01, per: 'hour and zone' },
        },
      },
    ]);
  });

  it.each([
    { what: 'another policy', plan: { ...SQS, policy: policy(statement('Allow', SOME))! } },
    { what: 'other groups', plan: { ...SQS, groups: ['hosts'] } },
    { what: 'another service', plan: { ...SQS, service: 'sns' } },
  ])('two with $what are not duplicates', ({ plan }) => {
    expect(findDuplicates(auditOf(withSqs().endpoint('sqs-again', plan)))).toEqual([]);
  });

  it('one without traffic is reported when flow logs show none', () => {
    const [finding, ...others] = findIdleEndpoints(auditOf(withSqs(), silent));

    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      id: `endpoint-without-traffic:${vpce('sqs')}`,
      severity: 'low',
      fault: { window: { start: 0, end: 86_400 }, price: { amount: 0.01 } },
    });
  });

  it.each([
    { why: 'there was some', more: seen({ kind: 'used' }) },
    { why: 'its records could not be read', more: seen({ kind: 'unknown', gap: unseen }) },
    { why: 'nobody looked', more: {} },
  ])('one is not called idle where $why', ({ more }) => {
    expect(findIdleEndpoints(auditOf(withSqs(), more))).toEqual([]);
  });

  it('one whose records could not be read is told as not judged', () => {
    const { gaps } = auditSnapshot(auditOf(withSqs(), seen({ kind: 'unknown', gap: unseen })), ['endpoints']);

    expect(gaps).toContainEqual(unseen);
  });

  it('one that was idle is not called resolved while nobody can look', () => {
    const before = findIdleEndpoints(auditOf(withSqs(), silent)).map((each) =>
      Object.assign({ kind: each.fault.kind }, each),
    );
    const after = (more: Partial<AuditWorld>) => {
      const world = auditOf(withSqs(), more);
      const { resolved, unknown } = compareAudits(before, auditSnapshot(world, ['endpoints']), world.snapshot);
      return { resolved: resolved.map(({ previous }) => previous), unknown };
    };

    expect(after(seen({ kind: 'unknown', gap: unseen }))).toEqual({ resolved: [], unknown: before });
    expect(after(seen({ kind: 'used' }))).toEqual({ resolved: before, unknown: [] });
  });
});

const peered = (target: ReturnType<typeof viaPeering>): VpcBuilder =>
  withS3()
    .peering('hub', { cidrs: ['10.8.0.0/16'] })
    .subnet('far', '10.0.9.0/24')
    .routeTable('far', [route({ prefixList: S3 }, target)]);

describe('hopes that an endpoint cannot fulfil', () => {
  it('a service sent to a peer is reported (VPCE-44)', () => {
    expect(findHopesOnPeers(auditOf(peered(viaPeering('hub'))))).toMatchObject([
      {
        id: `endpoint-expected-by-peer:${rtb('far')}:${pl(S3)}`,
        fault: { service: 's3', peeringId: pcx('hub') },
        objects: [{ id: rtb('far') }, { id: pcx('hub') }],
      },
    ]);
  });

  it('a service sent to the endpoint of the VPC is not', () => {
    expect(findHopesOnPeers(auditOf(peered(viaEndpoint('s3'))))).toEqual([]);
  });

  it('ports other than 443 are reported where encryption is enforced (VPCE-45)', () => {
    const world = withSqs({ service: 'cassandra' }, [allow(tcp(9142), '10.0.0.0/16')]).encryptionControl('enforce');

    expect(findUnencryptedPorts(auditOf(world))).toMatchObject([
      { id: `endpoint-port-not-encrypted:${vpce('sqs')}`, fault: { ports: [9142] } },
    ]);
  });

  it.each([
    { why: 'the service listens on 443', world: withSqs().encryptionControl('enforce') },
    { why: 'encryption is only monitored', world: withSqs({ service: 'cassandra' }).encryptionControl('monitor') },
  ])('ports are well where $why', ({ world }) => {
    expect(findUnencryptedPorts(auditOf(world))).toEqual([]);
  });
});
