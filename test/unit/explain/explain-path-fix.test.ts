import { describe, expect, it } from 'vitest';
import type { Obstacle, ObstacleReason } from '../../../src/engine/path/path.ts';
import type { PathFix, PathFixCaution } from '../../../src/engine/path/path-fix.ts';
import { explainPathFix } from '../../../src/explain/explain-path-fix.ts';
import type { PathTelling } from '../../../src/explain/path-telling.ts';
import { renderTerminal } from '../../../src/render/terminal.ts';
import { parseAddress } from '../../../src/net/address.ts';
import { obstacle, path } from '../../support/build-path.ts';
import { buildVpc, buildWorld } from '../../support/build-vpc.ts';
import { follow } from '../../support/follow-path.ts';
import { fixPath } from '../../../src/engine/path/fix-path.ts';
import { pcx, rtb, sg, tgw } from '../../support/ids.ts';
import { PEER_ACCOUNT } from '../../support/vpc-plan.ts';

function draw(telling: PathTelling): string {
  const [parent] = explainPathFix(telling);
  return parent === undefined ? '' : renderTerminal({ parent, replies: [] }, { width: 1_000, colour: false });
}

function withCaution(caution: PathFixCaution): string {
  const fix: PathFix = { changes: [], alsoOpens: [], verdict: 'blocked', cautions: [caution] };
  return draw({ ...path(), fix });
}

const telling = (built: ReturnType<typeof buildWorld>, from: string, to: string): PathTelling => {
  const analysis = follow(built, from, to);
  return { analysis, snapshot: built.snapshot, fix: fixPath(analysis, built.snapshot)! };
};

describe('a fix in two accounts', () => {
  const network = buildWorld(
    buildVpc()
      .subnet('app', '10.0.1.0/24')
      .securityGroup('app')
      .interface('app', { subnet: 'app', address: '10.0.1.5', groups: ['app'] })
      .peering('shared', { cidrs: ['10.8.0.0/16'], accountId: PEER_ACCOUNT }),
    buildVpc('shared', { account: PEER_ACCOUNT, region: 'us-east-1' })
      .cidr('10.8.0.0/16')
      .subnet('ledger', '10.8.1.0/24')
      .routeTable('ledger')
      .securityGroup('ledger')
      .interface('ledger', { subnet: 'ledger', address: '10.8.1.9', groups: ['ledger'] }),
  );
  const shown = draw(telling(network, 'app', 'ledger'));

  it('says where each command belongs, with the region of what it changes', () => {
    expect(shown).toMatch(/In account 123456789012:[^]*--region eu-west-1[^]*In account 210987654321:[^]*us-east-1/);
    expect(shown).toMatch(/In account 123456789012:\s+resource "aws_[^]*In account 210987654321:\s+resource "aws_/);
    expect(shown.match(/In account/g)).toHaveLength(4);
  });

  it('tells the proof and everywhere that each change is in force', () => {
    expect(shown).toContain('Followed again with all 3 changes: reachable.');
    expect(shown).toMatch(
      new RegExp(`Newly routed by ${rtb('ledger')}: 10.0.1.0/24 through ${pcx('shared')}, [^]* That is ledger`),
    );
    expect(shown).toMatch(new RegExp(`every interface that carries ${sg('ledger')}. That is ledger`));
    expect(shown).toContain('vpc-why only reads: nothing was changed.');
  });
});

it('names some of many and counts the rest', () => {
  const crowded = ['b', 'c', 'd', 'e', 'f', 'g'].reduce(
    (network, name, n) => network.interface(name, { subnet: 'app', address: `10.0.1.${n + 20}`, groups: ['app'] }),
    buildVpc()
      .subnet('app', '10.0.1.0/24')
      .paths()
      .securityGroup('app')
      .interface('a', { subnet: 'app', address: '10.0.1.5', groups: ['app'] }),
  );

  expect(draw(telling(crowded.build(), 'a', 'b'))).toMatch(/These are a, b, c, d, e and 2 more\./);
});

it('says nothing where there is nothing to mend or to think of', () => {
  expect(explainPathFix(path())).toEqual([]);
  expect(explainPathFix({ ...path(), fix: { changes: [], alsoOpens: [], verdict: 'blocked', cautions: [] } })).toEqual(
    [],
  );
});

describe('without a small fix', () => {
  const external = obstacle('route', { id: rtb('app'), reason: 'no-route', address: parseAddress('203.0.113.9')! });
  const internal = obstacle('route', { id: rtb('app'), reason: 'no-route', address: parseAddress('10.8.1.9')! });

  /** The compiler asks for an example of every kind. */
  const CAUTIONS: { readonly [K in PathFixCaution['kind']]: readonly [Extract<PathFixCaution, { kind: K }>, string] } =
    {
      'deliberate-deny': [{ kind: 'deliberate-deny', ruleNumber: 90 }, 'somebody wrote rule 90 to deny this.'],
      marked: [{ kind: 'marked', id: 'acl-1', field: 'name', text: 'lockdown' }, 'acl-1 is named "lockdown"'],
      'just-closed': [
        { kind: 'just-closed', event: 'DeleteNetworkAclEntry', at: 1, firstReject: 1 },
        'came with the first',
      ],
      'no-free-rule-number': [{ kind: 'no-free-rule-number', before: 1 }, 'No rule number is free before 1'],
      'group-shared': [{ kind: 'group-shared', interfaces: 12_345 }, 'about 12,300 interfaces would get the new rule'],
      'public-source': [{ kind: 'public-source' }, 'make sure whose it is before letting it in'],
      'beyond-rules': [
        { kind: 'beyond-rules', obstacle: obstacle('peering', { id: pcx('shared'), reason: 'not-active' }) },
        `Peering connection ${pcx('shared')}: have the request accepted`,
      ],
      'no-link': [{ kind: 'no-link', obstacle: internal }, 'Connect the two first, by peering or a transit gateway.'],
      'port-not-told': [{ kind: 'port-not-told' }, 'Name the port, as in tcp/443'],
      'no-single-address': [{ kind: 'no-single-address', end: 'internet' }, 'is a decision, not a small fix'],
      'not-proven': [
        { kind: 'not-proven', gaps: [{ fact: 'network-acl', because: 'not-collected' }] },
        'With these obstacles gone it still could not be told: ',
      ],
    };

  it.each(Object.entries(CAUTIONS))('%s', (_, [caution, words]) => {
    const shown = withCaution(caution);

    expect(shown).toContain('What to do');
    expect(shown).toContain(words);
    expect(shown).not.toContain('aws ec2');
  });

  it.each<[string, PathFixCaution, string]>([
    [
      'the internet',
      { kind: 'no-link', obstacle: external },
      'needs an internet gateway or a NAT gateway. Choose which.',
    ],
    ['a service', { kind: 'no-single-address', end: 'service' }, 'a security group rule can name its prefix list'],
    [
      'the table of a transit gateway, whatever it lacks',
      { kind: 'beyond-rules', obstacle: obstacle('transit-gateway-route', { id: tgw('hub'), reason: 'no-route' }) },
      'its owner must add a route',
    ],
    [
      'Block Public Access',
      { kind: 'beyond-rules', obstacle: obstacle('block-public-access', { id: 'vpc-1' }) },
      'ask whoever set it for an exclusion',
    ],
    [
      'what we have no advice for',
      { kind: 'beyond-rules', obstacle: obstacle('security-group', { id: sg('app') }) },
      'ask whoever owns it',
    ],
  ])('%s', (...[, caution, words]) => {
    expect(withCaution(caution)).toContain(words);
  });

  it.each<[Obstacle['kind'], ObstacleReason, string]>([
    ['route', 'blackhole', 'bring the target of the route back'],
    ['route', 'asymmetric', 'lead the answer out by the gateway that the request came in by'],
    ['gateway', 'no-public-address', 'give the sender a public IPv4 address'],
    ['gateway', 'no-vpn-route', 'add a static route to the VPN connection'],
    ['load-balancer', 'no-listener', 'add a listener'],
    ['destination', 'no-such-address', 'check the address'],
  ])('%s %s', (kind, reason, words) => {
    expect(withCaution({ kind: 'beyond-rules', obstacle: obstacle(kind, { id: 'x-1', reason }) })).toContain(words);
  });
});
