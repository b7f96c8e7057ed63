import { describe, expect, it } from 'vitest';
import type { FixCaution } from '../../../../src/engine/fix/fix.ts';
import { ask, change, linesOf, only, RICH_FIELDS } from '../../../support/ask-why.ts';
import { buildVpc, type VpcBuilder } from '../../../support/build-vpc.ts';
import { acl, sg, subnet } from '../../../support/ids.ts';
import { allow, anything, egress, ingress, tcp, type AclEntry } from '../../../support/rules.ts';

const { reject } = linesOf('db');
const anywhere = '0.0.0.0/0';
const OPEN = [ingress(100).allow(anything, anywhere), egress(100).allow(anything, anywhere)];
const DENIES = [ingress(90).deny(tcp(5432), '10.0.1.0/24'), ...OPEN];

function network(entries: readonly AclEntry[] = OPEN, description = 'orders'): VpcBuilder {
  return buildVpc()
    .subnet('db', '10.0.2.0/24')
    .acl('db', entries)
    .securityGroup('db', { ingress: [allow(tcp(5432), '10.0.9.0/24', description)] })
    .interface('db', { subnet: 'db', address: '10.0.2.9', groups: ['db'] })
    .flowLog({ fields: RICH_FIELDS });
}

type Tags = Readonly<Record<string, string>>;

/** The network with tags, a name or a description on its group or ACL. */
function labelled(
  vpc: VpcBuilder,
  { tags = {}, ...fields }: { readonly tags?: Tags; readonly [field: string]: unknown },
) {
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  const { raw } = vpc.build();
  const edited = (member: string) =>
    (raw[member] as readonly object[]).map((item) => Object.assign({}, item, fields, { Tags }));
  return vpc.raw({ SecurityGroups: edited('SecurityGroups'), NetworkAcls: edited('NetworkAcls') });
}

const lines = [reject('10.0.1.5:40000 -> 10.0.2.9:5432 tcp', { flags: 2, at: '12:00:00' })];

function signsOf(vpc: VpcBuilder, changes: Parameters<typeof ask>[1]['changes'] = []): readonly FixCaution[] {
  const { cautions } = only(ask(vpc, { of: 'db', lines, changes })).fix!;
  return cautions.filter(({ kind }) => kind === 'marked' || kind === 'just-closed');
}

describe('what people wrote', () => {
  it.each<[string, VpcBuilder, object]>([
    [
      'a tag of the group',
      labelled(network(), { tags: { Reason: 'incident-221 containment', Owner: '#netsec' } }),
      {
        id: sg('db'),
        field: { tag: 'Reason' },
        text: 'incident-221 containment',
        owner: { tag: 'Owner', name: '#netsec' },
      },
    ],
    ['its description', labelled(network(), { Description: 'do not open' }), { id: sg('db'), field: 'description' }],
    ['its name', labelled(network(), { GroupName: 'quarantine' }), { id: sg('db'), field: 'name', text: 'quarantine' }],
    [
      'a tag that says it by its key',
      labelled(network(), { tags: { quarantine: 'yes' } }),
      { field: { tag: 'quarantine' } },
    ],
    [
      'the rule that came nearest',
      network(OPEN, 'temporary, INC-7'),
      { field: 'description', text: 'temporary, INC-7' },
    ],
  ])('%s is a sign', (_, vpc, sign) => {
    expect(signsOf(vpc)).toEqual([expect.objectContaining({ kind: 'marked', ...sign })]);
  });

  it('on the ACL is a sign where the ACL denies', () => {
    const vpc = labelled(network(DENIES), { tags: { Name: 'lockdown', team: 'network' } });

    expect(signsOf(vpc)).toContainEqual({
      kind: 'marked',
      id: acl('db'),
      field: 'name',
      text: 'lockdown',
      owner: { tag: 'team', name: 'network' },
    });
  });

  it.each<[string, VpcBuilder]>([
    ['nothing of the kind', network()],
    ['a tag of AWS', labelled(network(), { tags: { 'aws:cloudformation:stack-name': 'block' } })],
    ['a mark that is taken off', labelled(network(), { tags: { quarantine: 'false' } })],
    ['rules that hold for the whole account', labelled(network(), { tags: { compliance: 'pci' } })],
  ])('%s is no sign', (_, vpc) => {
    expect(signsOf(vpc)).toEqual([]);
  });

  it('tells whom to ask about a numbered deny', () => {
    const vpc = labelled(network(DENIES), { tags: { owner: 'dana' } });

    expect(only(ask(vpc, { of: 'db', lines })).fix!.cautions).toContainEqual({
      kind: 'deliberate-deny',
      ruleNumber: 90,
      owner: { tag: 'owner', name: 'dana' },
    });
  });
});

describe('a change', () => {
  it.each<[string, Parameters<typeof change>]>([
    ['shortly before the first reject', ['ReplaceNetworkAclEntry', '11:59:01', acl('db')]],
    ['since then', ['RevokeSecurityGroupIngress', '12:10:00', sg('db')]],
  ])('that closes something %s is a sign', (_, [event, at, ...objects]) => {
    expect(signsOf(network(DENIES), [change(event, at, ...objects)])).toEqual([
      expect.objectContaining({ kind: 'just-closed', event }),
    ]);
  });

  it.each<[string, Parameters<typeof change>]>([
    ['long before', ['ReplaceNetworkAclEntry', '11:40:00', acl('db')]],
    ['that opens something', ['AuthorizeSecurityGroupIngress', '11:59:01', sg('db')]],
    ['of something else', ['DeleteNetworkAclEntry', '11:59:01', subnet('db')]],
  ])('%s is none', (_, [event, at, ...objects]) => {
    expect(signsOf(network(DENIES), [change(event, at, ...objects)])).toEqual([]);
  });
});
