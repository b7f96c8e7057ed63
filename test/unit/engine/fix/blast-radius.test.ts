import { describe, expect, it } from 'vitest';
import { blastRadius } from '../../../../src/engine/fix/blast-radius.ts';
import { refusalsOf } from '../../../../src/engine/fix/refusals.ts';
import type { PassingFlow } from '../../../../src/engine/fix/radius.ts';
import { formatAddress } from '../../../../src/net/address.ts';
import { parseCidr } from '../../../../src/net/cidr.ts';
import { ask, inputOf, linesOf, only, RICH_FIELDS } from '../../../support/ask-why.ts';
import { buildVpc, type VpcBuilder } from '../../../support/build-vpc.ts';
import { acl, eni, sg, subnet } from '../../../support/ids.ts';
import { allow, anything, egress, icmp, ingress, tcp, type AclEntry } from '../../../support/rules.ts';

const { accept, reject } = linesOf('db');
const anywhere = '0.0.0.0/0';
const open = [ingress(100).allow(anything, anywhere), egress(100).allow(anything, anywhere)];

/** A database whose group the replica carries too, and a cache beside it. */
function network(entries: readonly AclEntry[] = open): VpcBuilder {
  return buildVpc()
    .subnet('app', '10.0.1.0/24')
    .subnet('db', '10.0.2.0/24')
    .subnet('far', '10.0.3.0/24')
    .acl('db', entries)
    .acl('far', [egress(100).allow(anything, anywhere)])
    .securityGroup('db', { ingress: [allow(tcp(5432), '10.0.9.0/24')] })
    .securityGroup('cache', { ingress: [allow(tcp(5432), '10.0.1.5/32')] })
    .interface('db', { subnet: 'db', address: '10.0.2.9', groups: ['db'] })
    .interface('cache', { subnet: 'db', address: '10.0.2.20', groups: ['cache'] })
    .interface('replica', { subnet: 'far', address: '10.0.3.9', groups: ['db'] })
    .flowLog({ fields: RICH_FIELDS });
}

const asked = reject('10.0.1.5:40000 -> 10.0.2.9:5432 tcp', { flags: 2 });

const answered = [
  accept('10.0.1.5:40000 -> 10.0.2.9:5432 tcp', { flags: 2, at: '12:00:00' }),
  reject('10.0.2.9:5432 -> 10.0.1.5:40000 tcp', { flags: 18, at: '12:00:01' }),
];

function radiusOf(vpc: VpcBuilder, lines: readonly string[] = [asked], more: { from?: string } = {}) {
  return only(ask(vpc, { of: 'db', port: 5432, lines, ...more })).fix!.radius;
}

function inWords({ group, direction, records, looksLikeScan }: PassingFlow): string {
  return `${direction} ${formatAddress(group.remote)} ${group.servicePort} ${records}${looksLikeScan ? ' scan' : ''}`;
}

describe('recorded flows', () => {
  it('are all that was rejected but the flow that the fix is for', () => {
    const lines = [asked, reject('10.0.1.5:40001 -> 10.0.2.9:22 tcp'), reject('10.0.1.6:40001 -> 10.0.2.9:5432 tcp')];

    expect(radiusOf(network(), lines, { from: '10.0.1.5' }).recorded).toEqual({
      of: 'question',
      window: expect.anything(),
      isCut: false,
      others: 2,
      passing: [],
    });
  });

  it('that an entry for answers lets out are named', () => {
    const entries = [ingress(90).deny(tcp(5432), '10.0.1.0/24'), ingress(100).allow(anything, anywhere)];
    const outbound = [1, 2, 3].map((second) =>
      reject('10.0.2.9:39999 -> 10.0.1.5:40123 tcp', { flags: 2, direction: 'egress', at: `12:00:0${second}` }),
    );

    expect(radiusOf(network(entries), [asked, ...outbound]).recorded!.passing.map(inWords)).toEqual([
      'egress 10.0.1.5 40123 3',
    ]);
  });

  it('are absent where no log shows rejects', () => {
    const vpc = network().raw({ FlowLogs: [] });

    expect(only(ask(vpc, { of: 'db', from: '10.0.1.5', port: 5432 })).fix!.radius.recorded).toBeUndefined();
  });

  it('of scanners are called that', () => {
    const ports = [80, 81, 82, 83, 5432];
    const probes = ports.map((port) => reject(`203.0.113.9:40000 -> 10.0.2.9:${port} tcp`, { flags: 2 }));
    const colleague = reject('10.0.1.6:40000 -> 10.0.2.9:5432 tcp', { flags: 2 });
    const inventory = ports.map((port) => reject(`10.0.1.7:40000 -> 10.0.2.9:${port} tcp`, { flags: 2 }));
    const { snapshot, interfaceId, observations } = inputOf(network(), {
      of: 'db',
      lines: [...probes, colleague, ...inventory],
    });
    const finding = only(ask(network(), { of: 'db', lines: [asked] }));
    const wide = { ...finding.fix!.changes[0]!, cidr: parseCidr(anywhere)! };
    const records = refusalsOf({ snapshot, interfaceId, of: 'question', observations });

    const { recorded } = blastRadius({ changes: [wide] }, finding, { snapshot, interfaceId, records });

    expect(recorded!.others).toBe(11);
    expect(recorded!.passing.map(inWords).toSorted()).toEqual([
      'ingress 10.0.1.6 5432 1',
      'ingress 10.0.1.7 5432 1',
      'ingress 203.0.113.9 5432 1 scan',
    ]);
  });
});

describe('what records there are', () => {
  const { snapshot, interfaceId, observations } = inputOf(network(), { of: 'db', lines: [asked] });
  const cutOf = (reading: Partial<typeof observations.reading>) =>
    refusalsOf({
      snapshot,
      interfaceId,
      of: 'question',
      observations: { ...observations, reading: { ...observations.reading, ...reading } },
    }).isCut;

  it('is a part where reading stopped before the end', () => {
    expect(cutOf({})).toBe(false);
    expect(cutOf({ stoppedEarly: 'record-limit' })).toBe(true);
  });
});

describe('the reach of a group rule', () => {
  it('is everybody who carries the group, and what their ACLs say', () => {
    expect(radiusOf(network()).reaches).toEqual([
      {
        changes: [expect.objectContaining({ groupId: sg('db') })],
        others: [{ id: eni('replica'), name: 'replica', effect: 'stops' }],
        subnets: [],
        complete: true,
      },
    ]);
  });

  it('is not known to the end where not all carriers were asked for', () => {
    expect(radiusOf(network().membersKnownOf('cache')).reaches[0]!.complete).toBe(false);
  });
});

describe('the reach of an ACL entry', () => {
  const denied = [ingress(90).deny(tcp(5432), '10.0.1.0/24'), ...open];

  it('is everybody in its subnets whose groups let it in', () => {
    expect(radiusOf(network(denied)).reaches[0]).toMatchObject({
      changes: [{ aclId: acl('db') }],
      others: [{ id: eni('cache'), effect: 'opens' }],
      subnets: [{ id: subnet('db'), name: 'db' }],
      complete: true,
    });
  });

  it('is not known to the end where only some interfaces were read', () => {
    expect(radiusOf(network(denied).membersKnownOf('db')).reaches[0]!.complete).toBe(false);
  });

  it('is one for several addresses', () => {
    const lines = [asked, reject('10.0.1.6:40000 -> 10.0.2.9:5432 tcp', { flags: 2 })];

    expect(radiusOf(network(denied), lines).reaches.map(({ changes }) => changes.length)).toEqual([2, 2]);
  });

  it('for answers counts whoever lets out a part of its ports', () => {
    const vpc = network([ingress(100).allow(anything, anywhere)])
      .securityGroup('db', { ingress: [allow(tcp(5432), '10.0.1.0/24')] })
      .securityGroup('cache', { egress: [allow({ protocol: 6, from: 45_000, to: 45_100 }, anywhere)] });
    const fix = only(ask(vpc, { of: 'db', lines: answered })).fix!;

    expect(fix.radius.reaches[0]).toMatchObject({
      changes: [{ direction: 'egress' }],
      others: [{ id: eni('cache'), effect: 'opens' }],
    });
  });

  it('with a type that nobody told is open', () => {
    const vpc = network([egress(100).allow(anything, anywhere)]).securityGroup('cache', {
      ingress: [allow(icmp(8), anywhere)],
    });
    const fix = only(ask(vpc, { of: 'db', lines: [reject('10.0.1.5 -> 10.0.2.9 icmp')] })).fix!;

    expect(fix.radius.reaches[0]!.others).toMatchObject([{ id: eni('cache'), effect: 'unknown' }]);
  });
});
