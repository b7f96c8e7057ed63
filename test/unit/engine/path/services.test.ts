import { describe, expect, it } from 'vitest';
import { buildVpc, type VpcBuilder } from '../../../support/build-vpc.ts';
import { follow, hopKinds, obstacleWords } from '../../../support/follow-path.ts';
import { eni, vpce } from '../../../support/ids.ts';
import { route, viaEndpoint, viaInterface, type RoutePlan } from '../../../support/routes.ts';
import { allow, egress, ingress, prefixList, tcp, type GroupRule } from '../../../support/rules.ts';

function app(routes: readonly RoutePlan[], egressRules?: readonly GroupRule[]): VpcBuilder {
  return buildVpc()
    .subnet('app', '10.0.1.0/24')
    .routeTable('app', routes)
    .securityGroup('app', egressRules === undefined ? {} : { egress: egressRules })
    .interface('app', { subnet: 'app', address: '10.0.1.5', groups: ['app'] });
}

const reached = (state = 'available', egressRules?: readonly GroupRule[]): VpcBuilder =>
  app([route({ prefixList: 's3' }, viaEndpoint('s3'))], egressRules)
    .prefixList('s3', '203.0.113.0/24')
    .endpoint('s3', { service: 's3', type: 'Gateway', state, tables: ['app'] });

describe('a gateway endpoint', () => {
  const S3 = '203.0.113.80';

  it('VPCE-13 takes what its prefix list holds, and brings the answer', () => {
    const { verdict, forward, return: back } = follow(reached(), 'app', S3);

    expect(verdict).toBe('reachable');
    expect(forward.hops.at(-1)).toMatchObject({ kind: 'vpc-endpoint', id: vpce('s3') });
    expect(hopKinds(back.hops)).toEqual(['network-acl', 'security-group', 'interface']);
    expect(follow(reached(), 'app', 'service:s3').verdict).toBe('reachable');
  });

  it.each([
    ['VPCE-2 that is not available', reached('failed'), 'tcp/443', ['forward vpc-endpoint not-available']],
    ['VPCE-18 for UDP', reached(), 'udp/443', ['forward vpc-endpoint unsupported-protocol']],
    [
      'VPCE-14 where the group lets nothing out to it',
      reached('available', [allow(tcp(443), '10.0.0.0/16')]),
      'tcp/443',
      ['forward security-group'],
    ],
    [
      'VPCE-37 where the ACL refuses its answers',
      reached().acl('app', [egress(100).allow(tcp(), '0.0.0.0/0'), ingress(100).allow(tcp(443), '0.0.0.0/0')]),
      'tcp/443',
      ['return network-acl 32767'],
    ],
  ] as const)('stops %s', (...[, network, service, obstacles]) => {
    expect(obstacleWords(follow(network, 'app', S3, service))).toEqual(obstacles);
  });

  it('a group may name the prefix list', () => {
    const narrow = reached('available', [allow(tcp(443), prefixList('s3'))]);

    expect(follow(narrow, 'app', S3).verdict).toBe('reachable');
  });

  it('RT-13 a list that could not be read may hold a longer prefix than any route', () => {
    const unread = app([route({ prefixList: 's3' }, viaEndpoint('s3'))]).endpoint('s3', {
      service: 's3',
      type: 'Gateway',
    });

    expect(follow(unread, 'app', S3)).toMatchObject({ verdict: 'undetermined', gaps: [{ fact: 'prefix-list' }] });
  });
});

const through = (sourceDestCheck: boolean): VpcBuilder =>
  app([route('0.0.0.0/0', viaInterface('fw'))])
    .subnet('fw', '10.0.3.0/24')
    .securityGroup('fw', { ingress: [allow(tcp(), '10.0.0.0/16')] })
    .interface('fw', { subnet: 'fw', address: '10.0.3.3', groups: ['fw'], sourceDestCheck });

describe('an appliance', () => {
  it('EVAL-13 must have its source/destination check off', () => {
    expect(follow(through(true), 'app', '203.0.113.9').obstacles).toMatchObject([
      { kind: 'source-dest-check', id: eni('fw'), code: 'ENI_SOURCE_DEST_CHECK_RESTRICTION' },
    ]);
  });

  it('RT-53 does with the packet what nobody can see', () => {
    expect(follow(through(false), 'app', '203.0.113.9')).toMatchObject({
      verdict: 'undetermined',
      gaps: [{ fact: 'path', about: eni('fw') }],
    });
  });
});
