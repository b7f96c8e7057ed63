import { describe, expect, it } from 'vitest';
import type { PathAnalysis } from '../../../../src/engine/path/path.ts';
import { buildVpc, type VpcBuilder } from '../../../support/build-vpc.ts';
import { follow } from '../../../support/follow-path.ts';
import { acl } from '../../../support/ids.ts';
import { allow, anything, egress, ingress, tcp, udp, type AclEntry } from '../../../support/rules.ts';

const ANY = '0.0.0.0/0';
const allIn = ingress(100).allow(anything, ANY);
const allOut = egress(100).allow(anything, ANY);
const out = (number: number, from: number, to = from): AclEntry => egress(number).allow(tcp(from, to), ANY);
const into = (number: number, from: number, to = from): AclEntry => ingress(number).allow(tcp(from, to), ANY);

/** `app` asks `db`: answers leave by the ACL of `db` and come in by that of `app`. */
function pair(db: readonly AclEntry[], app: readonly AclEntry[] = [allIn, allOut]): VpcBuilder {
  return buildVpc()
    .subnet('app', '10.0.1.0/24')
    .subnet('db', '10.0.2.0/24')
    .paths()
    .acl('db', db)
    .acl('app', app)
    .securityGroup('app')
    .securityGroup('db', { ingress: [allow(tcp(5432), '10.0.1.0/24'), allow(udp(5432), '10.0.1.0/24')] })
    .interface('app', { subnet: 'app', address: '10.0.1.5', groups: ['app'] })
    .interface('db', { subnet: 'db', address: '10.0.2.9', groups: ['db'] });
}

const ask = (network: VpcBuilder): PathAnalysis => follow(network, 'app', 'db', 'tcp/5432');

/** `db 1024-1999`: whose ACL holds the answer up, and for which ports. */
function heldUp({ obstacles }: PathAnalysis): readonly string[] {
  const names = new Map<string | undefined, string>([
    [acl('db'), 'db'],
    [acl('app'), 'app'],
  ]);
  return obstacles.map(({ id, clientPorts: ports }) =>
    [names.get(id), ports === undefined ? 'all' : `${ports.from}-${ports.to}`].join(' '),
  );
}

describe('an answer is held up for the ports that the ACLs on the way leave out (NACL-17)', () => {
  it.each<[string, VpcBuilder, PathAnalysis['verdict'], readonly string[]]>([
    ['none', pair([allIn, allOut]), 'reachable', []],
    ['none, though entries tell them apart', pair([allIn, out(90, 2000, 3000), allOut]), 'reachable', []],
    ['none, by several entries together', pair([allIn, out(90, 1024, 1999), out(91, 2000, 65_535)]), 'reachable', []],
    ['all', pair([allIn]), 'blocked', ['db all']],
    [
      'all, in parts',
      pair([allIn, egress(90).deny(tcp(1024, 2000), ANY), egress(91).deny(tcp(2001, 65_535), ANY)]),
      'blocked',
      ['db 1024-2000', 'db 2001-65535'],
    ],
    ['all, though an entry is for lower ones', pair([allIn, out(90, 80)]), 'blocked', ['db all']],
    ['the lowest', pair([allIn, out(90, 1025, 65_535)]), 'undetermined', ['db 1024-1024']],
    ['the highest', pair([allIn, out(90, 0, 65_534)]), 'undetermined', ['db 65535-65535']],
    [
      'those between entries, in whatever order AWS lists them',
      pair([allIn, out(90, 40_000, 65_535), out(91, 2000, 3000)]),
      'undetermined',
      ['db 1024-1999', 'db 3001-39999'],
    ],
    [
      'those of each ACL',
      pair([allIn, out(90, 2000, 65_535)], [allOut, into(90, 1024, 2999)]),
      'undetermined',
      ['db 1024-1999', 'app 3000-65535'],
    ],
    [
      'all of one ACL, and some of another',
      pair([allIn], [allOut, into(90, 3000, 65_535)]),
      'blocked',
      ['db all', 'app 1024-2999'],
    ],
  ])('%s', (...[, network, verdict, ports]) => {
    const found = ask(network);

    expect(found.verdict).toBe(verdict);
    expect(heldUp(found)).toEqual(ports);
    expect(found.gaps).toEqual(verdict === 'undetermined' ? [{ fact: 'client-port', because: 'not-found' }] : []);
  });

  it('is told with the way that is held up, not with one that is open', () => {
    const low = ask(pair([allIn, out(90, 1024, 3000)]));
    const high = ask(pair([allIn, out(90, 3001, 65_535)]));

    expect(
      [low, high].map(({ return: back }) => back.hops.filter(({ outcome }) => outcome.kind === 'blocked')),
    ).toMatchObject([[{ kind: 'network-acl', id: acl('db') }], [{ kind: 'network-acl', id: acl('db') }]]);
  });

  it('is told with what is not known of any part', () => {
    const unread = pair([allIn, out(90, 3001, 65_535)]).raw({ SecurityGroups: [], SecurityGroupRules: [] });
    const { verdict, gaps } = ask(unread);

    expect(verdict).toBe('undetermined');
    expect(gaps.map(({ fact }) => fact)).toEqual(['security-group', 'security-group', 'client-port']);
  });
});

it('UDP has client ports too, and other protocols none', () => {
  const narrow = pair([allIn, egress(90).allow(udp(3001, 65_535), ANY), egress(91).allow({ protocol: 47 }, ANY)])
    .securityGroup('open', { ingress: [allow(anything, ANY)] })
    .interface('open', { subnet: 'db', address: '10.0.2.10', groups: ['open'] });

  expect(follow(narrow, 'app', 'db', 'udp/5432')).toMatchObject({
    verdict: 'undetermined',
    obstacles: [{ clientPorts: { from: 1024, to: 3000 } }],
  });
  expect(follow(narrow, 'app', 'open', 'gre').verdict).toBe('reachable');
});
