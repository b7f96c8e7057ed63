import { describe, expect, it } from 'vitest';
import { buildVpc, type VpcBuilder } from '../../../support/build-vpc.ts';
import { follow, hopKinds, obstacleWords } from '../../../support/follow-path.ts';
import { eni, instance } from '../../../support/ids.ts';
import {
  balancerArn,
  balancerDescription,
  rawLoadBalancers,
  type LoadBalancerPlan,
  type TargetGroupPlan,
} from '../../../support/raw-load-balancers.ts';
import { allow, group, tcp, type Peer } from '../../../support/rules.ts';

const SIX = '2001:db8:1:2::11';

type Target = NonNullable<TargetGroupPlan['targets']>[number];

interface Plan extends Partial<LoadBalancerPlan>, Pick<TargetGroupPlan, 'preserves'> {
  readonly port?: number;
  readonly target?: Partial<TargetGroupPlan>;
  readonly targets?: readonly Target[];
  /** Whom the group of `one` admits. */
  readonly admits?: Peer;
}

const at = (name: string, more: Partial<Target> = {}): Target => ({ id: instance(name), port: 8443, ...more });

/** `app` asks the node `lb` in zone a; behind it stand `one` in the same zone and `two`, which lets nobody in, in zone b. */
function balanced(plan: Plan = {}): VpcBuilder {
  const { port = 443, targets = [at('one')], preserves = false, admits = group('lb'), target = { port: 8443 } } = plan;
  const balancer: LoadBalancerPlan = { listeners: [{ port, to: ['web'] }], ...plan };
  const web: TargetGroupPlan = { preserves, targets, ...target };
  return buildVpc()
    .cidr('10.0.0.0/16', '2001:db8:1::/56')
    .subnet('app', '10.0.1.0/24', '2001:db8:1:1::/64')
    .subnet('web', '10.0.2.0/24', '2001:db8:1:2::/64')
    .subnet('next', '10.0.3.0/24')
    .zone('b', 'next')
    .paths()
    .securityGroup('app')
    .securityGroup('lb', { ingress: [allow(tcp(), '10.0.0.0/16'), allow(tcp(443), '2001:db8:1:1::/64')] })
    .securityGroup('web', { ingress: [allow(tcp(8443), admits)] })
    .securityGroup('closed')
    .interface('app', { subnet: 'app', address: '10.0.1.5', ipv6: '2001:db8:1:1::5', groups: ['app'] })
    .interface('lb', {
      subnet: 'web',
      address: '10.0.2.4',
      ipv6: '2001:db8:1:2::4',
      groups: ['lb'],
      description: balancerDescription('web', balancer),
      instance: false,
      requesterManaged: true,
    })
    .interface('one', { subnet: 'web', address: '10.0.2.11', ipv6: SIX, groups: ['web'] })
    .interface('two', { subnet: 'next', address: '10.0.3.12', groups: ['closed'] })
    .raw(rawLoadBalancers({ web: balancer }, { web }));
}

const ask = (plan: Plan, service = 'tcp/443') => follow(balanced(plan), 'app', 'lb', service);
const words = (plan: Plan, service = 'tcp/443'): readonly string[] => obstacleWords(ask(plan, service));

describe('a load balancer', () => {
  it('ENI-9 hands on in its own name, and brings the answer back', () => {
    const { verdict, forward, return: back } = ask({});

    expect(verdict).toBe('reachable');
    expect(hopKinds(forward.hops)).toContain('load-balancer');
    expect(forward.hops.at(-1)).toMatchObject({ kind: 'interface', id: eni('one') });
    expect(hopKinds(back.hops)).toEqual([
      'security-group',
      'security-group',
      'load-balancer',
      'security-group',
      'network-acl',
      'route-table',
      'network-acl',
      'security-group',
      'interface',
    ]);
    expect(back.hops.at(-1)).toMatchObject({ kind: 'interface', id: eni('app') });
  });

  it('answers from the port that it was asked on, not from that of the target', () => {
    const ports = ask({}).return.hops.flatMap(({ packet }) => packet?.sourcePort ?? []);

    expect(ports).toEqual([8443, 8443, 443, 443, 443, 443, 443]);
  });

  it('is an end like any other for what it asks itself', () => {
    const { verdict, return: back } = follow(balanced(), 'lb', 'one', 'tcp/8443');

    expect(verdict).toBe('reachable');
    expect(back.hops.at(-1)).toMatchObject({ kind: 'interface', id: eni('lb') });
  });

  it('leaves it open what becomes of the packet where it was not read', () => {
    expect(follow(balanced().raw({ LoadBalancers: undefined }), 'app', 'lb')).toMatchObject({
      verdict: 'undetermined',
      gaps: [{ fact: 'load-balancer' }],
    });
  });
});

const six = (plan: Plan) => follow(balanced(plan), 'app', '2001:db8:1:2::4');

describe('the name that the target sees (ENI-6)', () => {
  const byClient = { preserves: true, admits: '10.0.1.0/24' } as const;

  it('is that of the client, where a Network Load Balancer is told to leave it', () => {
    expect(ask(byClient).verdict).toBe('reachable');
    expect(hopKinds(ask(byClient).return.hops)).toEqual([
      'security-group',
      'network-acl',
      'load-balancer',
      'security-group',
      'network-acl',
      'route-table',
      'network-acl',
      'security-group',
      'interface',
    ]);
    expect(words({ ...byClient, preserves: false })).toEqual(['forward security-group']);
  });

  it('is always its own for an Application Load Balancer', () => {
    const http = { type: 'application', listeners: [{ protocol: 'HTTPS', port: 443, to: ['web'] }] } as const;

    expect(words({ ...byClient, ...http })).toEqual(['forward security-group']);
    expect(ask({ ...http, preserves: true }).verdict).toBe('reachable');
  });

  it('is its own of the family of the target, whatever the client speaks', () => {
    const ip = { target: { type: 'ip' }, targets: [{ id: SIX, port: 8443 }] } as const;

    expect(ask({ ...ip, admits: '2001:db8:1:2::4/128' }).verdict).toBe('reachable');
    expect(six({ admits: '10.0.2.4/32', preserves: true }).verdict).toBe('reachable');
    expect(six({ ...ip, admits: '2001:db8:1:1::5/128', preserves: true }).verdict).toBe('reachable');
  });
});

describe('a listener', () => {
  it.each([
    ['TCP', 'tcp/443', 'reachable'],
    ['TLS', 'tcp/443', 'reachable'],
    ['TCP_UDP', 'tcp/443', 'reachable'],
    ['UDP', 'tcp/443', 'blocked'],
    ['QUIC', 'tcp/443', 'blocked'],
    ['TCP', 'tcp/80', 'blocked'],
    ['TCP', 'tcp', 'reachable'],
  ])('%s at 443 for %s: %s', (protocol, service, verdict) => {
    expect(ask({ listeners: [{ protocol, port: 443, to: ['web'] }] }, service).verdict).toBe(verdict);
  });

  it('is needed for the port', () => {
    expect(ask({ port: 8080 }).obstacles).toMatchObject([
      { kind: 'load-balancer', id: balancerArn('web', { listeners: [] }), reason: 'no-listener' },
    ]);
  });
});

describe('a target', () => {
  it.each<[string, Plan, readonly string[]]>([
    ['there must be one', { targets: [] }, ['forward load-balancer no-targets']],
    ['one that can be reached is enough', { targets: [at('two'), at('one')] }, []],
    ['of none that can be reached the first is told', { targets: [at('two')] }, ['forward security-group']],
    ['its own port counts before that of the group', { targets: [at('one')], target: { port: 80 } }, []],
    ['else that of the group', { targets: [{ id: instance('one') }] }, []],
    ['else that of the listener', { targets: [{ id: instance('one') }], port: 8443, target: {} }, []],
  ])('%s', (_, plan, obstacles) => {
    const service = `tcp/${plan.port ?? 443}`;

    expect(words(plan, service)).toEqual(obstacles);
  });
});

describe('a target that cannot be followed to', () => {
  const FUNCTION = 'arn:aws:lambda:eu-west-1:123456789012:function:shop';

  it.each<[string, Plan, object]>([
    [
      'a function',
      { target: { type: 'lambda' }, targets: [{ id: FUNCTION }] },
      { fact: 'path', about: FUNCTION, because: 'not-modelled' },
    ],
    [
      'an instance whose interfaces were not read',
      { targets: [at('ghost')] },
      { fact: 'network-interface', about: instance('ghost'), because: 'not-collected' },
    ],
    [
      'besides one that can, which lets nobody in',
      { targets: [at('two'), at('ghost')] },
      { fact: 'network-interface' },
    ],
  ])('leaves it open: %s', (_, plan, gap) => {
    const found = ask(plan);

    expect(found).toMatchObject({ verdict: 'undetermined', obstacles: [], gaps: [gap] });
    expect(found.forward.hops.at(-1)).toMatchObject({ kind: 'load-balancer', outcome: { kind: 'unknown' } });
  });
});

const closed = (count: number): readonly Target[] => Array.from({ length: count }, () => at('two'));

describe('more targets than are tried', () => {
  it('leave it open when none of those that were tried can be reached', () => {
    const found = ask({ targets: [...closed(20), at('one')] });

    expect(found).toMatchObject({ verdict: 'undetermined', obstacles: [], gaps: [{ about: 'more-targets' }] });
    expect(found.forward.hops.at(-1)).toMatchObject({ kind: 'load-balancer', outcome: { kind: 'unknown' } });
  });

  it('are not needed when one that was tried can be reached', () => {
    expect(ask({ targets: [...closed(19), at('one'), at('two')] }).verdict).toBe('reachable');
  });

  it('change nothing about what stands before all of them', () => {
    expect(words({ targets: closed(21), port: 444 })).toEqual(['forward load-balancer no-listener']);
    expect(words({ targets: closed(20) })).toEqual(['forward security-group']);
  });
});

const several = (groups: Readonly<Record<string, TargetGroupPlan>>): VpcBuilder => {
  const balancer: LoadBalancerPlan = { listeners: [{ port: 443, to: ['web', 'spare'] }] };
  return balanced().raw(rawLoadBalancers({ web: balancer }, groups));
};

describe('target groups', () => {
  const web = { targets: [at('one')] };

  it('may be several', () => {
    expect(follow(several({ web: { targets: [] }, spare: web }), 'app', 'lb').verdict).toBe('reachable');
  });

  it.each([
    ['one was not read', { web }],
    ['the targets of one were not asked for', { web, spare: {} }],
  ])('leave it open where %s', (_, groups) => {
    expect(follow(several(groups), 'app', 'lb')).toMatchObject({
      verdict: 'undetermined',
      gaps: [{ fact: 'load-balancer', about: 'web' }],
    });
  });
});

describe('without cross-zone balancing', () => {
  const inB = { targets: [at('two', { zone: 'eu-west-1b' })] };

  it('a node serves the targets of its own zone', () => {
    expect(words({ ...inB, crossZone: false })).toEqual(['forward load-balancer no-targets']);
    expect(words({ targets: [at('one', { zone: 'eu-west-1a' })], crossZone: false })).toEqual([]);
  });

  it.each<[string, Plan]>([
    ['with it', { ...inB, crossZone: true }],
    ['where nobody told', inB],
    ['whose zone nobody told', { targets: [at('two')], crossZone: false }],
  ])('else all of them: %s', (_, plan) => {
    expect(words(plan)).toEqual(['forward security-group']);
  });
});

describe('unhealthy targets', () => {
  it('leave it open whether they answer', () => {
    expect(ask({ targets: [at('one', { health: 'unhealthy' })] })).toMatchObject({
      verdict: 'undetermined',
      gaps: [{ fact: 'target-health', about: 'web' }],
    });
  });

  it('do not count beside others', () => {
    expect(ask({ targets: [at('one'), at('two', { health: 'unhealthy' })] }).verdict).toBe('reachable');
  });
});

const index = (deviceIndex?: number) => (deviceIndex === undefined ? {} : { deviceIndex });

const box = (secondIndex?: number, firstIndex?: number): VpcBuilder =>
  balanced({ targets: [at('box')] })
    .interface('second', {
      subnet: 'next',
      address: '10.0.3.13',
      groups: ['closed'],
      instance: 'box',
      ...index(secondIndex),
    })
    .interface('first', {
      subnet: 'web',
      address: '10.0.2.13',
      groups: ['web'],
      instance: 'box',
      ...index(firstIndex),
    });

describe('an instance with several interfaces', () => {
  it('is reached at the one with device index 0', () => {
    expect(follow(box(1, 0), 'app', 'lb').verdict).toBe('reachable');
    expect(obstacleWords(follow(box(), 'app', 'lb'))).toEqual(['forward security-group']);
  });
});

describe('a load balancer behind a load balancer', () => {
  const outer: LoadBalancerPlan = { listeners: [{ port: 443, to: ['inner'] }] };
  const inner: LoadBalancerPlan = { type: 'application', listeners: [{ protocol: 'HTTPS', port: 443, to: ['web'] }] };
  const chained = (preserves: boolean, targets: readonly Target[]): VpcBuilder =>
    balanced()
      .interface('inner', {
        subnet: 'web',
        address: '10.0.2.5',
        groups: ['lb'],
        description: balancerDescription('inner', inner),
        instance: false,
        requesterManaged: true,
      })
      .raw(
        rawLoadBalancers(
          { web: outer, inner },
          { inner: { type: 'ip', preserves, targets: [{ id: '10.0.2.5', port: 443 }] }, web: { targets } },
        ),
      );

  it.each([true, false])('brings the answer back through both, the name of the client kept: %s', (preserves) => {
    const { verdict, forward, return: back } = follow(chained(preserves, [at('one')]), 'app', 'lb');

    expect(verdict).toBe('reachable');
    expect(hopKinds(forward.hops).filter((kind) => kind === 'load-balancer')).toHaveLength(2);
    expect(hopKinds(back.hops).filter((kind) => kind === 'load-balancer')).toHaveLength(2);
  });

  it('may choose any of its own targets, whatever the first chose', () => {
    expect(follow(chained(false, [at('two'), at('one')]), 'app', 'lb').verdict).toBe('reachable');
    expect(obstacleWords(follow(chained(false, [at('two'), at('two')]), 'app', 'lb'))).toEqual([
      'forward security-group',
    ]);
  });
});
