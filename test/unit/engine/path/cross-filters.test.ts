import { describe, expect, it } from 'vitest';
import { buildVpc, type VpcBuilder } from '../../../support/build-vpc.ts';
import { follow } from '../../../support/follow-path.ts';
import { acl, eni, sg, subnet, vpc } from '../../../support/ids.ts';
import { allow, anything, egress, ingress, tcp } from '../../../support/rules.ts';

/** `app` asks `db` for tcp/5432; nothing is in the way unless a test puts it there. */
function pair(groups: readonly string[] = ['db']): VpcBuilder {
  return buildVpc()
    .subnet('app', '10.0.1.0/24')
    .subnet('db', '10.0.2.0/24')
    .paths()
    .securityGroup('app')
    .securityGroup('db', { ingress: [allow(tcp(5432), '10.0.1.0/24')] })
    .securityGroup('near', { ingress: [allow(tcp(5432), '10.0.9.0/24')] })
    .securityGroup('empty')
    .interface('app', { subnet: 'app', address: '10.0.1.5', groups: ['app'] })
    .interface('db', { subnet: 'db', address: '10.0.2.9', groups });
}

const ask = (network: VpcBuilder) => follow(network, 'app', 'db', 'tcp/5432');
const first = (network: VpcBuilder) => ask(network).obstacles[0];

const told = (network: VpcBuilder) =>
  ask(network).forward.hops.find(({ kind, id }) => kind === 'security-group' && id === eni('db'))?.outcome;

describe('the groups of an interface', () => {
  it('are told by the one, where it has one', () => {
    expect(first(pair(['empty']))).toMatchObject({
      kind: 'security-group',
      leg: 'forward',
      direction: 'ingress',
      id: sg('empty'),
      code: 'ENI_SG_RULES_MISMATCH',
      blocker: { kind: 'security-group', ids: [sg('empty')] },
    });
    expect(first(pair(['empty']))).not.toHaveProperty('ids');
  });

  it('are told all, the nearest miss first, where it has several', () => {
    expect(first(pair(['empty', 'near']))).toMatchObject({ id: sg('near'), ids: [sg('near'), sg('empty')] });
  });

  it('let through by the rule that AWS told the id of, or else by its group', () => {
    expect(told(pair())).toMatchObject({
      kind: 'passed',
      by: { kind: 'rules', ids: [expect.stringMatching(/^sgr-/)] },
    });
    expect(told(pair().withoutRuleIds())).toMatchObject({ by: { kind: 'rules', ids: [sg('db')] } });
  });

  it('are nobody knows what, where one was not read', () => {
    const found = ask(pair(['ghost']));

    expect(found).toMatchObject({ verdict: 'undetermined', gaps: [{ fact: 'security-group', about: sg('ghost') }] });
    expect(found.forward.hops.find(({ outcome }) => outcome.kind === 'unknown')).toMatchObject({
      kind: 'security-group',
      id: eni('db'),
      vpcId: vpc('main'),
      subnetId: subnet('db'),
      direction: 'ingress',
    });
  });
});

describe('the ACL of a subnet', () => {
  it('is told by its entry', () => {
    const closed = pair().acl('db', [
      ingress(90).deny(tcp(5432), '10.0.1.0/24'),
      egress(100).allow(anything, '0.0.0.0/0'),
    ]);

    expect(first(closed)).toMatchObject({
      kind: 'network-acl',
      leg: 'forward',
      direction: 'ingress',
      id: acl('db'),
      ruleNumber: 90,
      code: 'SUBNET_ACL_RESTRICTION',
      blocker: { kind: 'network-acl', id: acl('db') },
    });
  });

  it('is told before the groups of who is inside, each with its own reasons', () => {
    const { obstacles } = ask(pair(['empty']).acl('db', [egress(100).allow(anything, '0.0.0.0/0')]));

    expect(obstacles.map(({ kind, blocker }) => [kind, blocker?.kind])).toEqual([
      ['network-acl', 'network-acl'],
      ['security-group', 'security-group'],
    ]);
  });

  it('is nobody knows what, where it was not read', () => {
    const found = ask(pair().raw({ NetworkAcls: undefined }));

    expect(found).toMatchObject({ verdict: 'undetermined', gaps: [{ fact: 'network-acl' }, { fact: 'network-acl' }] });
    expect(found.forward.hops.find(({ kind }) => kind === 'network-acl')).not.toHaveProperty('id');
  });
});
