import { describe, expect, it } from 'vitest';
import { filterAnswers } from '../../../src/engine/filter-answers.ts';
import { compileInterfaceFilters } from '../../../src/engine/interface-filters.ts';
import { inputOf, linesOf, RICH_FIELDS } from '../../support/ask-why.ts';
import { buildVpc } from '../../support/build-vpc.ts';
import { eni } from '../../support/ids.ts';
import { allow, anything, egress, ingress, tcp, type AclEntry, type GroupRule } from '../../support/rules.ts';

const { accept, reject } = linesOf('web');
const anywhere = '0.0.0.0/0';
const inAnywhere = ingress(100).allow(anything, anywhere);

/** A web server at 10.0.1.9 that answers wherever its groups let it. */
function web(entries: readonly AclEntry[], outbound: readonly GroupRule[] = []) {
  return buildVpc()
    .subnet('web', '10.0.1.0/24')
    .acl('web', [inAnywhere, ...entries])
    .securityGroup('web', { ingress: [allow(tcp(443), anywhere)], egress: outbound })
    .interface('web', { subnet: 'web', address: '10.0.1.9', groups: ['web'] })
    .flowLog({ fields: RICH_FIELDS });
}

/** What the rules say of answers to clients at these ports; to none: their ports were not kept. */
function answersTo(ports: readonly number[], entries: readonly AclEntry[], outbound?: readonly GroupRule[]) {
  const lines = (ports.length === 0 ? [40000] : ports).flatMap((port) => [
    accept(`10.0.2.5:${port} -> 10.0.1.9:443 tcp`, { flags: 2, at: '12:00:00' }),
    reject(`10.0.1.9:443 -> 10.0.2.5:${port} tcp`, { flags: 18, at: '12:00:01' }),
  ]);
  const { snapshot, observations } = inputOf(web(entries, outbound), { of: 'web', lines });
  const [group] = observations.groups;
  const clientPorts = ports.length === 0 ? { listed: [], distinct: 900 } : group!.clientPorts;
  return filterAnswers(compileInterfaceFilters(snapshot, eni('web')), { ...group!, clientPorts }, 'egress');
}

const entriesOf = ({ blockers }: ReturnType<typeof answersTo>) =>
  blockers.flatMap((blocker) =>
    blocker.kind === 'network-acl' ? [[blocker.entry.ruleNumber, blocker.clientPorts] as const] : [],
  );

describe("answers to the clients' ports that were seen (NACL-17, NACL-18)", () => {
  it('name an entry once, with every port that it denies', () => {
    const answers = answersTo([2000, 3000, 4000], [egress(90).allow(tcp(3000), anywhere)]);

    expect(entriesOf(answers)).toEqual([[32767, [2000, 4000]]]);
    expect(answers).toMatchObject({ acl: 'deny', aclDeniesAll: false, gaps: [] });
  });

  it('name no entry that denies ports between them only', () => {
    const answers = answersTo([2000, 3000], [egress(80).deny(tcp(2500), anywhere), egress(90).deny(tcp(), anywhere)]);

    expect(entriesOf(answers)).toEqual([[90, [2000, 3000]]]);
    expect(answers.aclDeniesAll).toBe(true);
  });

  const between = [egress(80).deny(tcp(2500), anywhere), egress(90).allow(tcp(), anywhere)];

  it('pass where the ports that are denied were not seen', () => {
    const answers = answersTo([2000, 3000], between, [allow(anything, anywhere)]);

    expect(answers).toMatchObject({ acl: 'allow', aclDeniesAll: false, blockers: [], gaps: [] });
  });

  it('name the groups once, before the ACL on the way out', () => {
    const answers = answersTo([2000, 4000], [egress(90).allow(tcp(3000), anywhere)]);

    expect(answers.blockers.map(({ kind }) => kind)).toEqual(['security-group', 'network-acl']);
    expect(answers.blockers[0]).not.toHaveProperty('clientPorts');
  });

  it('are denied by groups that let only some ports out', () => {
    const answers = answersTo([2000, 3000], between, [allow(tcp(2000), anywhere)]);

    expect(answers).toMatchObject({ sg: 'deny', packet: { destinationPort: 3000 } });
  });
});

describe('answers to ports that nobody kept', () => {
  it('cannot be told where an ACL lets some clients through, and says what is missing', () => {
    const answers = answersTo([], [egress(90).allow(tcp(32768, 65535), anywhere)]);

    expect(answers).toMatchObject({ acl: 'unknown', aclDeniesAll: false });
    expect(answers.gaps).toEqual([{ fact: 'client-port', because: 'not-found' }]);
    expect(entriesOf(answers)).toEqual([[32767, undefined]]);
  });

  it.each([
    ['denied by an ACL that lets none through', [], 'deny'],
    ['allowed by one that lets all through', [egress(90).allow(tcp(), anywhere)], 'allow'],
  ] as const)('are %s', (...[, entries, acl]) => {
    expect(answersTo([], entries)).toMatchObject({ acl });
  });
});
