import { describe, expect, it } from 'vitest';
import {
  findEndlessRetention,
  findLostDestinations,
  findUndelivered,
} from '../../../../src/audit/flow-logs/find-lost-logs.ts';
import { findOneActionLogs, findPoorFormats, findSlowLogs } from '../../../../src/audit/flow-logs/find-partial-logs.ts';
import { findUnmonitored } from '../../../../src/audit/flow-logs/find-unmonitored.ts';
import type { AuditFinding } from '../../../../src/audit/audit-finding.ts';
import { buildVpc, type VpcBuilder } from '../../../support/build-vpc.ts';
import { eni, flowLog, subnet, vpc } from '../../../support/ids.ts';
import { ACCOUNT, PEER_ACCOUNT, REGION, type FlowLogPlan } from '../../../support/vpc-plan.ts';

const NOW = 1_795_435_200;

/** Two subnets, two hosts in the first and one in the second. */
const network = (): VpcBuilder =>
  buildVpc()
    .subnet('app', '10.0.1.0/24')
    .subnet('db', '10.0.2.0/24')
    .interface('web', { subnet: 'app', address: '10.0.1.10' })
    .interface('api', { subnet: 'app', address: '10.0.1.11' })
    .interface('orders', { subnet: 'db', address: '10.0.2.10' });

const of = (builder: VpcBuilder) => ({ snapshot: builder.build().snapshot, now: NOW });
const ids = (findings: readonly AuditFinding[]): readonly string[] => findings.map(({ id }) => id);

describe('what no flow log records', () => {
  it('is told as the whole VPC, not interface by interface', () => {
    const [finding, ...others] = findUnmonitored(of(network()));

    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      id: `flow-log-missing:${vpc('main')}`,
      severity: 'medium',
      fault: { kind: 'flow-log-missing', resource: 'vpc', interfaces: 3 },
      objects: [{ id: vpc('main'), name: 'main', accountId: ACCOUNT, region: REGION }],
    });
  });

  it('is nothing where a log is on the VPC', () => {
    expect(findUnmonitored(of(network().flowLog()))).toEqual([]);
  });

  it('is the one subnet without a log', () => {
    const findings = findUnmonitored(of(network().flowLog({ on: { subnet: 'db' } })));

    expect(ids(findings)).toEqual([`flow-log-missing:${subnet('app')}`]);
    expect(findings[0]).toMatchObject({ fault: { resource: 'subnet', interfaces: 2 } });
  });

  it('is the one interface of a subnet in which others have a log', () => {
    const world = network()
      .flowLog({ on: { subnet: 'db' } }, 'db')
      .flowLog({ on: { interface: 'web' } }, 'web');

    expect(findUnmonitored(of(world))).toMatchObject([
      { id: `flow-log-missing:${eni('api')}`, severity: 'low', fault: { resource: 'network-interface' } },
    ]);
  });

  it('is nothing where logs of subnets and interfaces add up', () => {
    const world = network()
      .flowLog({ on: { subnet: 'db' } }, 'db')
      .flowLog({ on: { interface: 'web' } }, 'web')
      .flowLog({ on: { interface: 'api' } }, 'api');

    expect(findUnmonitored(of(world))).toEqual([]);
  });

  it('leaves out interfaces that nothing uses', () => {
    const world = network()
      .interface('spare', { subnet: 'db', address: '10.0.2.11', instance: false })
      .flowLog({ on: { subnet: 'app' } }, 'app')
      .flowLog({ on: { interface: 'orders' } }, 'orders');

    expect(findUnmonitored(of(world))).toEqual([]);
  });

  it('matters little in a VPC where nothing is', () => {
    expect(findUnmonitored(of(buildVpc()))).toMatchObject([{ severity: 'low', fault: { interfaces: 0 } }]);
  });

  it('is not claimed where the flow logs were not read', () => {
    expect(findUnmonitored(of(network().raw({ FlowLogs: undefined })))).toEqual([]);
  });

  it('is not claimed of a VPC that another account shares with this one (FLOW-101)', () => {
    const shared = { VpcId: vpc('main'), OwnerId: PEER_ACCOUNT, CidrBlock: '10.0.0.0/16' };

    expect(findUnmonitored(of(network().raw({ Vpcs: [shared] })))).toEqual([]);
  });
});

const log = flowLog('flow-log');

describe('delivery', () => {
  it('is reported with the error when it fails', () => {
    const [finding] = findUndelivered(of(network().flowLog({ failure: 'Access error' })));

    expect(finding).toMatchObject({
      id: `flow-log-not-delivered:${log}`,
      severity: 'high',
      fault: { log: { delivery: { error: 'Access error' } } },
      objects: [{ id: log }, { id: vpc('main') }],
    });
  });

  it('is not a matter when it works', () => {
    expect(findUndelivered(of(network().flowLog()))).toEqual([]);
  });
});

describe('the log group', () => {
  const writing = (plan: FlowLogPlan = {}): VpcBuilder => network().flowLog({ logGroup: 'flows', ...plan });
  const THERE = { logGroupName: 'flows', retentionInDays: 30 };

  it('is gone when AWS lists others only', () => {
    const world = writing().raw({ LogGroups: [{ logGroupName: 'flows-2' }] });

    expect(findLostDestinations(of(world))).toMatchObject([
      { id: `flow-log-destination-gone:${log}`, severity: 'medium', fault: { logGroup: 'flows' } },
    ]);
  });

  it('is gone for sure when delivery fails as well', () => {
    const world = writing({ failure: 'Unknown error' }).raw({ LogGroups: [] });

    expect(findLostDestinations(of(world))).toMatchObject([{ severity: 'high' }]);
  });

  it('is there when AWS lists it', () => {
    expect(findLostDestinations(of(writing().raw({ LogGroups: [THERE] })))).toEqual([]);
  });

  it.each([
    { why: 'log groups were not read', world: writing() },
    { why: 'records go to a bucket', world: network().flowLog({ s3: 'arn:aws:s3:::flows' }).raw({ LogGroups: [] }) },
    { why: 'the log is a minute old', world: writing({ createdAt: '2026-11-23T11:59:00Z' }).raw({ LogGroups: [] }) },
    {
      why: 'nothing has traffic yet (FLOW-91)',
      world: buildVpc().flowLog({ logGroup: 'flows' }).raw({ LogGroups: [] }),
    },
  ])('is not missed where $why', ({ world }) => {
    expect(findLostDestinations(of(world))).toEqual([]);
  });

  it('is not missed where another account keeps it', () => {
    const { raw } = writing().build();
    const [told] = raw['FlowLogs'] as readonly object[];
    const abroad = { ...told, DeliverCrossAccountRole: `arn:aws:iam::${PEER_ACCOUNT}:role/logs` };

    expect(findLostDestinations(of(writing().raw({ FlowLogs: [abroad], LogGroups: [] })))).toEqual([]);
  });

  it('is reported when it keeps events for ever', () => {
    const world = writing().raw({ LogGroups: [{ logGroupName: 'flows' }, { logGroupName: '/aws/lambda/other' }] });

    expect(findEndlessRetention(of(world))).toMatchObject([
      { id: `flow-log-kept-for-ever:${ACCOUNT}:${REGION}:flows`, fault: { logs: [log] }, objects: [{ id: 'flows' }] },
    ]);
  });

  it('is well with a retention', () => {
    expect(findEndlessRetention(of(writing().raw({ LogGroups: [THERE] })))).toEqual([]);
  });
});

describe('one action only', () => {
  it.each([
    { trafficType: 'ACCEPT', missing: 'REJECT', severity: 'medium' },
    { trafficType: 'REJECT', missing: 'ACCEPT', severity: 'low' },
  ] as const)('is reported of a log of $trafficType (FLOW-85)', ({ trafficType, missing, severity }) => {
    expect(findOneActionLogs(of(network().flowLog({ trafficType })))).toMatchObject([
      { id: `flow-log-one-action:${log}`, severity, fault: { missing, interfaces: 3 } },
    ]);
  });

  it('is well where other logs record the other action', () => {
    const world = network()
      .flowLog({ trafficType: 'ACCEPT' })
      .flowLog({ trafficType: 'REJECT', on: { subnet: 'app' } }, 'app')
      .flowLog({ trafficType: 'ALL', on: { interface: 'orders' } }, 'orders');

    expect(findOneActionLogs(of(world)).map(({ fault }) => fault)).toEqual([]);
  });

  it('counts the interfaces that are left', () => {
    const world = network()
      .flowLog({ trafficType: 'ACCEPT' })
      .flowLog({ trafficType: 'REJECT', on: { subnet: 'app' } }, 'app');

    expect(findOneActionLogs(of(world))).toMatchObject([
      { id: `flow-log-one-action:${log}`, fault: { interfaces: 1 } },
    ]);
  });
});

const USEFUL =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status ' +
  'vpc-id subnet-id instance-id tcp-flags type pkt-srcaddr pkt-dstaddr az-id pkt-src-aws-service pkt-dst-aws-service ' +
  'flow-direction traffic-path reject-reason resource-id';

describe('the format', () => {
  it('is poor by default, and the fields are named (FLOW-110)', () => {
    const [finding] = findPoorFormats(of(network().flowLog()));

    expect(finding).toMatchObject({ id: `flow-log-lacks-fields:${log}`, severity: 'low', measure: 14 });
    expect(finding?.fault).toMatchObject({ fields: expect.arrayContaining(['tcp-flags', 'reject-reason']) });
  });

  it('is worse when it lacks a field of the default format', () => {
    expect(findPoorFormats(of(network().flowLog({ fields: USEFUL.replace('action ', '') })))).toMatchObject([
      { severity: 'medium', fault: { fields: ['action'] } },
    ]);
  });

  it('is good with all that a diagnosis uses', () => {
    expect(findPoorFormats(of(network().flowLog({ fields: USEFUL })))).toEqual([]);
  });

  it('is good enough beside a better log of the same VPC', () => {
    const world = network().flowLog().flowLog({ fields: USEFUL }, 'better');

    expect(findPoorFormats(of(world))).toEqual([]);
  });
});

describe('aggregation', () => {
  it('of ten minutes is reported (FLOW-52)', () => {
    expect(ids(findSlowLogs(of(network().flowLog({ interval: 600 }))))).toEqual([`flow-log-slow:${log}`]);
  });

  it('of one minute is well', () => {
    expect(findSlowLogs(of(network().flowLog({ interval: 60 })))).toEqual([]);
  });
});
