import { describe, expect, it } from 'vitest';
import { ask, culprits, gapFacts, linesOf, only, reasonKinds, RICH_FIELDS } from '../../../support/ask-why.ts';
import { buildVpc, BuiltVpc, type VpcBuilder } from '../../../support/build-vpc.ts';
import { eni, sg, vpc as vpcId } from '../../../support/ids.ts';
import { allow, anything, egress, ingress, peerGroup, tcp, type GroupRule } from '../../../support/rules.ts';
import type { InterfacePlan } from '../../../support/vpc-plan.ts';

const { accept, reject } = linesOf('web');
const anywhere = '0.0.0.0/0';

/** A web server at 10.0.1.9; `plan` makes its interface another service's. */
function web(
  rules: { ingress?: GroupRule[]; egress?: GroupRule[] } = {},
  plan: Partial<InterfacePlan> = {},
): VpcBuilder {
  return buildVpc()
    .subnet('web', '10.0.1.0/24')
    .subnet('edge', '10.0.8.0/24')
    .securityGroup('web', rules)
    .securityGroup('edge')
    .interface('web', { subnet: 'web', address: '10.0.1.9', groups: ['web'], ...plan })
    .flowLog({ fields: RICH_FIELDS });
}

const service = (description: string, plan: Partial<InterfacePlan> = {}): Partial<InterfacePlan> => ({
  description,
  instance: false,
  requesterManaged: true,
  ...plan,
});

const ALB = { subnet: 'edge', address: '10.0.8.4', groups: ['edge'], ...service('ELB app/shop/50dc6c495c0c9188') };
const NLB = {
  subnet: 'edge',
  address: '10.0.8.5',
  ...service('ELB net/shop/5fd3a2b1c0d9e8f7', { type: 'network_load_balancer' }),
};

describe('T-7 the record names Block Public Access', () => {
  const line = reject('203.0.113.9:40000 -> 10.0.1.9:443 tcp', { flags: 2, reason: 'BPA', bytes: '-' });

  it('T-7 names mode and manager, whatever groups and ACL say', () => {
    const finding = only(
      ask(web().blockPublicAccess('block-ingress', 'declarative-policy'), { of: 'web', lines: [line] }),
    );

    expect(finding).toMatchObject({
      row: 'T-7',
      verdict: 'blocked',
      confidence: 'certain',
      blockedBy: [
        { kind: 'block-public-access', id: vpcId('main'), mode: 'block-ingress', managedBy: 'declarative-policy' },
      ],
    });
  });

  it('T-7 holds where nobody read the settings', () => {
    const finding = only(ask(web().raw({ VpcBlockPublicAccessOptions: undefined }), { of: 'web', lines: [line] }));

    expect(finding).toMatchObject({ row: 'T-7', verdict: 'blocked' });
    expect(Object.keys(finding.blockedBy[0]!)).toEqual(['kind', 'id']);
  });

  it('T-7 was blocked when it is off today', () => {
    expect(only(ask(web().blockPublicAccess('off'), { of: 'web', lines: [line] })).verdict).toBe('was-blocked');
  });
});

describe('T-8 the record names VPC Encryption Controls', () => {
  const lines = [reject('10.0.8.77:40000 -> 10.0.1.9:80 tcp', { flags: 2, reason: 'EC' })];

  it('T-8 names their mode', () => {
    expect(only(ask(web().encryptionControl('enforce'), { of: 'web', lines }))).toMatchObject({
      row: 'T-8',
      verdict: 'blocked',
      confidence: 'certain',
      blockedBy: [{ kind: 'encryption-control', id: vpcId('main'), mode: 'enforce' }],
      reasons: [{ kind: 'reject-reason', value: 'EC' }],
    });
  });

  it('T-8 holds where nobody read their mode', () => {
    const finding = only(ask(web(), { of: 'web', lines }));

    expect(finding.row).toBe('T-8');
    expect(finding.blockedBy).toEqual([{ kind: 'encryption-control', id: vpcId('main') }]);
    expect(finding.blockedBy[0]).not.toHaveProperty('mode');
  });
});

describe('T-11 background scanning', () => {
  const scan = Array.from({ length: 30 }, (_, index) =>
    reject(`198.51.100.7:40000 -> 10.0.1.9:${1000 + index} tcp`, { flags: 2 }),
  );

  it('T-11 is noise, not a finding', () => {
    const diagnosis = ask(web(), { of: 'web', lines: scan });

    expect(diagnosis.noise).toMatchObject({ records: 30, sources: 1 });
    expect(diagnosis.noise.ports).toHaveLength(30);
    expect(only(diagnosis)).toMatchObject({ verdict: 'no-evidence' });
  });

  it('T-11 is told when somebody asks for the scanner by name', () => {
    const diagnosis = ask(web(), { of: 'web', lines: scan, from: '198.51.100.7', port: 1003 });

    expect(only(diagnosis)).toMatchObject({ row: 'T-11', verdict: 'blocked' });
    expect(reasonKinds(only(diagnosis))).toContain('scan-pattern');
    expect(diagnosis.noise.records).toBe(0);
  });

  it('T-11 never hides a private sender', () => {
    const lines = scan.map((line) => line.replaceAll('198.51.100.7', '10.0.8.66'));

    expect(ask(web(), { of: 'web', lines }).findings[0]).toMatchObject({ row: 'T-1', verdict: 'blocked' });
  });
});

it('T-12 shows the addresses that are allowed beside a persistent client', () => {
  const vpc = web({ ingress: [allow(tcp(443), '203.0.113.4/32', 'partner')] });
  const lines = [reject('203.0.113.9:40000 -> 10.0.1.9:443 tcp', { flags: 2, packets: 12 })];

  const finding = only(ask(vpc, { of: 'web', lines }));

  expect(finding).toMatchObject({ row: 'T-12', verdict: 'blocked', confidence: 'certain' });
  expect(finding.reasons).toContainEqual({
    kind: 'client-changed-address',
    allowed: [expect.objectContaining({ description: 'partner' })],
  });
});

it("T-13 names the target's group when a load balancer is kept out, and that its health check port is not read", () => {
  const finding = only(
    ask(web().interface('alb', ALB), {
      of: 'web',
      lines: [reject('10.0.8.4:40000 -> 10.0.1.9:8080 tcp', { flags: 2 })],
    }),
  );

  expect(finding).toMatchObject({ row: 'T-13', verdict: 'blocked', confidence: 'certain' });
  expect(culprits(finding)).toEqual(['security-group ingress']);
  expect(finding.gaps).toContainEqual({ fact: 'path', about: 'health-check-port', because: 'not-modelled' });
  expect(finding.reasons).toContainEqual({
    kind: 'owner',
    side: 'remote',
    owner: expect.objectContaining({ name: 'app/shop/50dc6c495c0c9188' }),
  });
});

it('T-15 tells that a network load balancer shows its own address where clients are allowed', () => {
  const vpc = web({ ingress: [allow(tcp(443), '203.0.113.0/24')] }).interface('nlb', NLB);

  const finding = only(ask(vpc, { of: 'web', lines: [reject('10.0.8.5:40000 -> 10.0.1.9:443 tcp', { flags: 2 })] }));

  expect(finding).toMatchObject({ row: 'T-15', verdict: 'blocked', alternatives: [] });
});

it('T-16 shows the rule that names a group of the sender and does not admit it', () => {
  const { raw, snapshot } = web({ ingress: [allow(tcp(443), peerGroup('shared', 'theirs', 'deleted'))] })
    .interface('client', { subnet: 'edge', address: '10.9.0.6', groups: ['theirs'] })
    .build();
  const client = { ...snapshot.interfaces.get(eni('client'))!, vpcId: vpcId('shared') };
  const peered = { ...snapshot, interfaces: new Map([...snapshot.interfaces, [client.id, client]]) };

  const finding = only(
    ask(new BuiltVpc(raw, peered), {
      of: 'web',
      lines: [reject('10.9.0.6:40000 -> 10.0.1.9:443 tcp', { flags: 2, packets: 5 })],
    }),
  );

  expect(finding).toMatchObject({ row: 'T-16', verdict: 'blocked', confidence: 'likely' });
  expect(culprits(finding)).toEqual(['security-group ingress']);
  expect(finding.reasons).toContainEqual(
    expect.objectContaining({ kind: 'sender-in-referenced-group', interfaceId: eni('client') }),
  );
});

it('T-17 tells that one of our own interfaces comes with its public address', () => {
  const vpc = web({ ingress: [allow(tcp(443), '10.0.0.0/16')] }).interface('client', {
    subnet: 'edge',
    address: '10.0.8.6',
    publicAddress: '203.0.113.6',
    groups: ['edge'],
  });

  const finding = only(
    ask(vpc, { of: 'web', lines: [reject('203.0.113.6:40000 -> 10.0.1.9:443 tcp', { flags: 2, packets: 5 })] }),
  );

  expect(finding).toMatchObject({ row: 'T-17', verdict: 'blocked' });
  expect(finding.reasons).toContainEqual({ kind: 'own-public-address', interfaceId: eni('client') });
});

it('T-22 never blames the ACL inside one subnet', () => {
  const vpc = web().acl('web', []);
  const lines = [reject('10.0.1.5:40000 -> 10.0.1.9:443 tcp', { flags: 2 })];

  const finding = only(ask(vpc, { of: 'web', lines }));

  expect(finding).toMatchObject({ row: 'T-22', verdict: 'blocked', confidence: 'certain' });
  expect(culprits(finding)).toEqual(['security-group ingress']);
  expect(reasonKinds(finding)).toContain('same-subnet');
});

describe('T-22 in a subnet of both families', () => {
  const dual = buildVpc()
    .cidr('10.0.0.0/16', '2001:db8:1::/56')
    .subnet('web', '10.0.1.0/24', '2001:db8:1:1::/64')
    .securityGroup('web')
    .interface('web', { subnet: 'web', address: '10.0.1.9', ipv6: '2001:db8:1:1::9', groups: ['web'] })
    .flowLog({ fields: RICH_FIELDS });

  it.each([
    ['IPv4', reject('10.0.1.5:40000 -> 10.0.1.9:443 tcp', { flags: 2 })],
    ['IPv6', reject('[2001:db8:1:1::5]:40000 -> [2001:db8:1:1::9]:443 tcp', { flags: 2 })],
  ])('T-22 holds over %s', (_, line) => {
    expect(only(ask(dual, { of: 'web', lines: [line] })).row).toBe('T-22');
  });

  it('T-22 is not claimed of a subnet that was not read', () => {
    const lines = [reject('10.0.1.5:40000 -> 10.0.1.9:443 tcp', { flags: 2 })];

    expect(only(ask(dual.raw({ Subnets: undefined }), { of: 'web', lines })).row).toBe('T-1');
  });
});

it('T-23 blames the ACL where an interface takes no groups', () => {
  const vpc = web(
    {},
    { groups: [], type: 'nat_gateway', ...service('Interface for NAT Gateway nat-0123456789abcdef0') },
  ).acl('web', [egress(100).allow(anything, anywhere)]);

  const finding = only(ask(vpc, { of: 'web', lines: [reject('10.0.8.6:40000 -> 10.0.1.9:443 tcp', { flags: 2 })] }));

  expect(finding).toMatchObject({ row: 'T-23', verdict: 'blocked', confidence: 'certain' });
  expect(culprits(finding)).toEqual(['network-acl ingress 32767']);
  expect(reasonKinds(finding)).toContain('no-security-groups');
});

it("T-24 names an endpoint's security group", () => {
  const vpc = web({}, { type: 'vpc_endpoint', ...service('VPC Endpoint Interface vpce-0123456789abcdef0') });

  const finding = only(ask(vpc, { of: 'web', lines: [reject('10.0.8.6:40000 -> 10.0.1.9:443 tcp', { flags: 2 })] }));

  expect(finding).toMatchObject({ row: 'T-24', verdict: 'blocked', blockedBy: [{ ids: [sg('web')] }] });
});

describe('T-53 unsolicited traffic at a NAT gateway', () => {
  const nat = web(
    {},
    { groups: [], type: 'nat_gateway', ...service('Interface for NAT Gateway nat-0123456789abcdef0') },
  );
  const lines = [accept('198.51.100.7:40000 -> 10.0.1.9:22 tcp', { flags: 2 })];

  it('T-53 is noise', () => {
    const diagnosis = ask(nat, { of: 'web', lines });

    expect(diagnosis.noise).toMatchObject({ records: 1, ports: [{ port: 22, records: 1 }] });
    expect(only(diagnosis).verdict).toBe('no-evidence');
  });

  it('T-53 is no rule when somebody asks for it', () => {
    expect(only(ask(nat, { of: 'web', lines, port: 22 }))).toMatchObject({ row: 'T-53', verdict: 'not-a-rule' });
  });
});

it("T-67 judges the packet's own ends where traffic only passes through", () => {
  const appliance = web({ ingress: [allow(anything, anywhere)] }, { sourceDestCheck: false }).acl('web', [
    ingress(90).deny(tcp(443), '10.0.8.0/24'),
    ingress(100).allow(anything, anywhere),
    egress(100).allow(anything, anywhere),
  ]);
  const line = reject('10.0.1.77:40000 -> 10.0.1.9:443 tcp', {
    flags: 2,
    direction: 'ingress',
    packetSource: '10.0.8.6',
    packetDestination: '192.0.2.80',
  });

  const finding = only(ask(appliance, { of: 'web', lines: [line] }));

  expect(finding).toMatchObject({ row: 'T-67', verdict: 'blocked', confidence: 'likely' });
  expect(culprits(finding)).toEqual(['network-acl ingress 90']);
});

it("T-69 names the load balancer's own group", () => {
  const alb = web({}, service('ELB app/shop/50dc6c495c0c9188'));

  const finding = only(ask(alb, { of: 'web', lines: [reject('10.0.8.6:40000 -> 10.0.1.9:443 tcp', { flags: 2 })] }));

  expect(finding).toMatchObject({ row: 'T-69', verdict: 'blocked', blockedBy: [{ ids: [sg('web')] }] });
});

it("T-70 names the function's group", () => {
  const lambda = web({ egress: [] }, service('AWS Lambda VPC ENI-shop-0a1b', { type: 'lambda' }));

  const finding = only(
    ask(lambda, { of: 'web', lines: [reject('10.0.1.9:40000 -> 10.0.8.6:5432 tcp', { flags: 2 })] }),
  );

  expect(finding).toMatchObject({ row: 'T-70', verdict: 'blocked', confidence: 'certain' });
  expect(culprits(finding)).toEqual(['security-group egress']);
  expect(gapFacts(finding)).toEqual([]);
});

it('T-22 leaves a subnet whose traffic does meet the ACL to the rows for both filters', () => {
  const vpc = web({}, { description: 'ELB classic', instance: false, requesterManaged: true }).acl('web', []);
  const lines = [reject('10.0.1.9:40000 -> 10.0.1.5:8080 tcp', { flags: 2 })];

  const finding = only(ask(vpc, { of: 'web', lines }));

  expect(culprits(finding)).toEqual(['network-acl egress 32767']);
  expect(reasonKinds(finding)).not.toContain('same-subnet');
});

describe('T-12 and T-11', () => {
  it('T-12 needs a rule for other addresses of the internet, else the group is to blame', () => {
    const lines = [reject('203.0.113.9:40000 -> 10.0.1.9:443 tcp', { flags: 2, packets: 12 })];

    expect(only(ask(web({ ingress: [allow(tcp(443), '10.0.0.0/8')] }), { of: 'web', lines })).row).toBe('T-1');
  });

  it('T-21 is not told to the internet for an IPv4 rule that means private addresses', () => {
    const rules = { ingress: [allow(tcp(443), '10.0.0.0/8')] };
    const vpc = web(rules, { ipv6: '2001:db8:1:1::9' }).cidr('10.0.0.0/16', '2001:db8:1::/56');
    const lines = [reject('[2600:1f00::9]:40000 -> [2001:db8:1:1::9]:443 tcp', { flags: 2, packets: 12 })];

    expect(only(ask(vpc, { of: 'web', lines })).row).toBe('T-1');
  });
});

describe('who stands behind the two ends', () => {
  const balancer = {
    kind: 'owner',
    side: 'local',
    owner: expect.objectContaining({ kind: 'application-load-balancer' }),
  };

  it('is told where a load balancer keeps its clients out, whoever they are', () => {
    const alb = web({}, service('ELB app/shop/50dc6c495c0c9188'));
    const line = reject('10.0.8.6:40000 -> 10.0.1.9:443 tcp', { flags: 2 });
    const client: InterfacePlan = { subnet: 'edge', address: '10.0.8.6', groups: ['edge'] };

    expect(only(ask(alb, { of: 'web', lines: [line] })).reasons.filter(({ kind }) => kind === 'owner')).toEqual([
      balancer,
    ]);
    expect(
      only(ask(alb.interface('client', client), { of: 'web', lines: [line] })).reasons.filter(
        ({ kind }) => kind === 'owner',
      ),
    ).toEqual([
      balancer,
      { kind: 'owner', side: 'remote', owner: expect.objectContaining({ kind: 'instance', name: 'client' }) },
    ]);
  });

  const gateway = { groups: [], type: 'nat_gateway', ...service('Interface for NAT Gateway nat-0123456789abcdef0') };
  const endpoint = { type: 'vpc_endpoint', ...service('VPC Endpoint Interface vpce-0123456789abcdef0') };
  const lambda = service('AWS Lambda VPC ENI-shop-0a1b', { type: 'lambda' });
  const toWeb = reject('10.0.8.6:40000 -> 10.0.1.9:443 tcp', { flags: 2 });

  it.each([
    ['T-15', 'instance', web({ ingress: [allow(tcp(443), '203.0.113.0/24')] }).interface('nlb', NLB), '10.0.8.5'],
    ['T-23', 'nat-gateway', web({}, gateway).acl('web', []), '10.0.8.6'],
    ['T-24', 'vpc-endpoint', web({}, endpoint), '10.0.8.6'],
  ] as const)('%s tells of the %s', (...[row, kind, vpc, from]) => {
    const finding = only(ask(vpc, { of: 'web', lines: [toWeb.replaceAll('10.0.8.6', from)] }));

    expect(finding.row).toBe(row);
    expect(finding.reasons).toContainEqual({ kind: 'owner', side: 'local', owner: expect.objectContaining({ kind }) });
  });

  it('T-70 tells of the function', () => {
    const line = reject('10.0.1.9:40000 -> 10.0.8.6:5432 tcp', { flags: 2 });

    expect(only(ask(web({ egress: [] }, lambda), { of: 'web', lines: [line] })).reasons).toContainEqual({
      kind: 'owner',
      side: 'local',
      owner: expect.objectContaining({ kind: 'lambda' }),
    });
  });

  it('T-53 tells of the NAT gateway, and that the packet came from the internet', () => {
    const line = accept('198.51.100.7:40000 -> 10.0.1.9:22 tcp', { flags: 2 });

    expect(reasonKinds(only(ask(web({}, gateway), { of: 'web', lines: [line], port: 22 })))).toEqual(
      expect.arrayContaining(['public-source', 'no-security-groups', 'owner']),
    );
  });
});

const appliance = (plan: Partial<InterfacePlan>) =>
  web({ ingress: [allow(anything, anywhere)] }, plan).acl('web', [ingress(90).deny(tcp(443), anywhere)]);
const to = (packetDestination: string) =>
  reject('10.0.8.6:40000 -> 10.0.1.9:443 tcp', { flags: 2, direction: 'ingress', packetDestination });

describe('T-67 is about ends that are elsewhere', () => {
  it.each([
    ['a secondary address', { secondary: ['10.0.1.10', '10.0.1.11'] }, '10.0.1.11', 'T-2'],
    ['an address of a prefix that was delegated to it', { prefixes: ['10.0.1.64/28'] }, '10.0.1.70', 'T-2'],
    ['an address beside that prefix', { prefixes: ['10.0.1.64/28'] }, '10.0.1.80', 'T-67'],
    ['an address of nobody here', {}, '192.0.2.80', 'T-67'],
  ])('and %s', (...[, plan, destination, row]) => {
    expect(only(ask(appliance(plan), { of: 'web', lines: [to(destination)] })).row).toBe(row);
  });
});
