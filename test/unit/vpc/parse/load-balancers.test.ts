import { describe, expect, it } from 'vitest';
import { balancer, instance, sg, subnet, targetGroup, vpc } from '../../../support/ids.ts';
import { parseMembers } from '../../../support/parse-members.ts';

describe('a load balancer', () => {
  const arn = { LoadBalancerArn: balancer('web') };
  const BALANCER = {
    ...arn,
    LoadBalancerName: 'web',
    DNSName: 'web-1.elb.eu-west-1.amazonaws.com',
    Type: 'network',
    Scheme: 'internal',
    State: { Code: 'active' },
    VpcId: vpc('main'),
    SecurityGroups: [sg('lb')],
    AvailabilityZones: [{ ZoneName: 'eu-west-1a', SubnetId: subnet('public'), LoadBalancerAddresses: [] }],
  };
  const parse = (members: object) => parseMembers({ LoadBalancers: [BALANCER], ...members });
  const balancerOf = (members: object) => parse(members).loadBalancers.get(balancer('web'))!;

  it('is read without what was asked for one by one', () => {
    expect(balancerOf({})).toEqual({
      arn: balancer('web'),
      name: 'web',
      dnsName: 'web-1.elb.eu-west-1.amazonaws.com',
      type: 'network',
      scheme: 'internal',
      state: 'active',
      vpcId: vpc('main'),
      groups: [sg('lb')],
      zones: [{ zone: 'eu-west-1a', subnetId: subnet('public') }],
    });
  });

  it('listens on ports for target groups, each named once', () => {
    const weighted = {
      TargetGroups: [{ TargetGroupArn: targetGroup('blue') }, { TargetGroupArn: targetGroup('green') }],
    };
    const listeners = [
      {
        Protocol: 'TCP',
        Port: 443,
        DefaultActions: [{ Type: 'forward', TargetGroupArn: targetGroup('blue'), ForwardConfig: weighted }],
      },
      { Protocol: 'HTTP', Port: 80, DefaultActions: [{ Type: 'redirect', RedirectConfig: { Port: '443' } }] },
    ];

    expect(balancerOf({ LoadBalancerListeners: [{ ...arn, Listeners: listeners }] }).listeners).toEqual([
      { protocol: 'TCP', port: 443, targetGroups: [targetGroup('blue'), targetGroup('green')] },
      { protocol: 'HTTP', port: 80, targetGroups: [] },
    ]);
  });

  it.each([
    ['true', true],
    ['false', false],
    ['use_load_balancer_configuration', undefined],
  ])('crosses zones when the attribute says so: %s', (value, crossZone) => {
    const attributes = [
      { Key: 'deletion_protection.enabled', Value: 'true' },
      { Key: 'load_balancing.cross_zone.enabled', Value: value },
    ];

    expect(balancerOf({ LoadBalancerAttributes: [{ ...arn, Attributes: attributes }] }).crossZone).toBe(crossZone);
  });

  it('stands when only its listeners are odd', () => {
    const members = { LoadBalancerListeners: [{ ...arn, Listeners: [{ Port: 'https' }] }] };

    expect(balancerOf(members)).not.toHaveProperty('listeners');
    expect(parse(members).gaps).toMatchObject([
      { fact: 'load-balancer', about: expect.stringMatching(/^app\/web\/[0-9a-f]{17}$/), because: 'malformed' },
    ]);
  });

  it.each([{ Type: 'classic' }, { LoadBalancerArn: targetGroup('web') }, { VpcId: undefined }])(
    'is a gap as %o',
    (odd) => {
      const { loadBalancers, gaps } = parseMembers({ LoadBalancers: [{ ...BALANCER, ...odd }] });

      expect(loadBalancers.size).toBe(0);
      expect(gaps).toMatchObject([{ fact: 'load-balancer', because: 'malformed' }]);
    },
  );
});

describe('a target group', () => {
  const arn = { TargetGroupArn: targetGroup('web') };
  const GROUP = {
    ...arn,
    TargetGroupName: 'web',
    TargetType: 'instance',
    Protocol: 'TCP',
    Port: 8080,
    VpcId: vpc('main'),
    HealthCheckPort: 'traffic-port',
    LoadBalancerArns: [balancer('web')],
  };
  const groupOf = (members: object) =>
    parseMembers({ TargetGroups: [GROUP], ...members }).targetGroups.get(targetGroup('web'))!;

  it('is read without what was asked for one by one', () => {
    expect(groupOf({})).toEqual({
      arn: targetGroup('web'),
      name: 'web',
      targetType: 'instance',
      protocol: 'TCP',
      port: 8080,
      vpcId: vpc('main'),
      healthCheckPort: 'traffic-port',
      loadBalancers: [balancer('web')],
    });
  });

  it('keeps client addresses or not (ENI-5)', () => {
    const attributes = [{ Key: 'preserve_client_ip.enabled', Value: 'false' }];

    expect(groupOf({ TargetGroupAttributes: [{ ...arn, Attributes: attributes }] }).preserveClientIp).toBe(false);
    expect(groupOf({ TargetGroupAttributes: [{ ...arn, Attributes: [] }] })).not.toHaveProperty('preserveClientIp');
  });

  it('knows the health of its targets', () => {
    const health = [
      { Target: { Id: instance('a'), Port: 8080 }, TargetHealth: { State: 'healthy' } },
      {
        Target: { Id: '10.0.1.9', Port: 8080, AvailabilityZone: 'eu-west-1a' },
        TargetHealth: { State: 'unhealthy', Reason: 'Target.Timeout' },
      },
    ];

    expect(groupOf({ LoadBalancerTargetHealth: [{ ...arn, TargetHealthDescriptions: health }] }).targets).toEqual([
      { id: instance('a'), port: 8080, health: 'healthy' },
      {
        id: '10.0.1.9',
        port: 8080,
        availabilityZone: 'eu-west-1a',
        health: 'unhealthy',
        reason: 'Target.Timeout',
      },
    ]);
  });

  it('needs neither port nor VPC for a function', () => {
    const members = { TargetGroups: [{ ...arn, TargetGroupName: 'web', TargetType: 'lambda' }] };

    expect(groupOf(members)).toEqual({ arn: targetGroup('web'), name: 'web', targetType: 'lambda', loadBalancers: [] });
  });
});
