import { describe, expect, it } from 'vitest';
import type { AuditFinding } from '../../../src/audit/audit-finding.ts';
import type { PeeringFault } from '../../../src/audit/peering/peering-fault.ts';
import type { Block } from '../../../src/explain/document.ts';
import { explainPeeringFault } from '../../../src/explain/explain-peering-fault.ts';
import type { FaultTelling } from '../../../src/explain/fault-telling.ts';
import { plainText } from '../../../src/explain/plain-text.ts';
import { buildVpc, type VpcBuilder } from '../../support/build-vpc.ts';
import { acl, igw, nat, pcx, rtb, sg, sgr, subnet, vpc } from '../../support/ids.ts';
import { accepter, auditPeerings, requester, toMain, toShared } from '../../support/peered-vpcs.ts';
import { blackhole, route, viaInternetGateway, viaNatGateway } from '../../support/routes.ts';
import { allow, anything, deletedGroup, egress, ingress, tcp } from '../../support/rules.ts';
import { PEER_ACCOUNT } from '../../support/vpc-plan.ts';

type Kind = PeeringFault['kind'];

/** A network with this fault. */
const NETWORKS: Readonly<Record<Kind, readonly VpcBuilder[]>> = {
  'peering-expires-soon': [requester([], { status: 'pending-acceptance', expiresAt: '2026-11-25T06:00:00Z' })],
  'peering-expired': [requester([], { status: 'expired' })],
  'peering-rejected': [requester([blackhole(toShared())], { status: 'rejected', statusMessage: 'Rejected by 2109' })],
  'peering-failed': [
    requester([], { status: 'failed' }),
    buildVpc('shared', { account: PEER_ACCOUNT }).cidr('10.0.128.0/20').paths(),
  ],
  'peering-deleted-but-routed': [requester([blackhole(toShared())], { status: 'deleted' })],
  'blackhole-routes': [requester([toShared(), blackhole(route('0.0.0.0/0', viaNatGateway('gone')))])],
  'peering-routed-on-one-side': [requester(), accepter([])],
  'peering-block-not-routed': [requester([toShared()], { cidrs: ['10.8.0.0/16', '100.64.0.0/16'] })],
  'peering-route-outside-peer': [requester([toShared(), toShared('10.9.0.0/16')])],
  'peering-transit-attempt': [
    requester([toShared(), toShared('0.0.0.0/0')]),
    accepter([toMain(), route('0.0.0.0/0', viaInternetGateway('shared'))]),
  ],
  'peering-unused': [requester([])],
  'peering-blocks-overlap': [
    requester([], { status: 'pending-acceptance', expiresAt: '2026-11-29T12:00:00Z' }),
    buildVpc('shared', { account: PEER_ACCOUNT }).cidr('10.0.128.0/20').paths(),
  ],
  'peers-overlap': [requester().peering('twin', { cidrs: ['10.8.0.0/20'] })],
  'group-reference-lost': [requester().securityGroup('web', { ingress: [allow(tcp(443), deletedGroup('ledger'))] })],
  'peering-dns-resolution-off': [
    requester([toShared()], { region: 'eu-central-1', dns: { requester: false, accepter: true } }),
  ],
  'peering-dns-without-vpc-dns': [
    requester([toShared()], { dns: { requester: true, accepter: true } }).dns({ support: true, hostnames: false }),
  ],
  'peering-acl-stops-answers': [
    requester().acl('app', [
      ingress(100).allow(anything, '0.0.0.0/0'),
      egress(90).deny(tcp(1024, 65535), '10.0.0.0/8'),
      egress(100).allow(anything, '0.0.0.0/0'),
    ]),
  ],
};

/** What the digest says, and the first command that the thread offers. */
const SAID: Readonly<Record<Kind, readonly [title: string, command: string]>> = {
  'peering-expires-soon': [
    'pcx-shared: the request expires in 42 hours, and account 210987654321 has not accepted it.',
    'aws ec2 accept-vpc-peering-connection --region eu-west-1 --vpc-peering-connection-id pcx-shared',
  ],
  'peering-expired': [
    'pcx-shared: the request expired; nobody in account 210987654321 accepted it within seven days.',
    'aws ec2 create-vpc-peering-connection --region eu-west-1 --vpc-id vpc-main --peer-vpc-id vpc-shared --peer-owner-id 210987654321 --peer-region eu-west-1',
  ],
  'peering-rejected': [
    'pcx-shared: account 210987654321 rejected the request.',
    'aws ec2 create-vpc-peering-connection --region eu-west-1 --vpc-id vpc-main --peer-vpc-id vpc-shared --peer-owner-id 210987654321 --peer-region eu-west-1\naws ec2 delete-route --region eu-west-1 --route-table-id rtb-app --destination-cidr-block 10.8.0.0/16',
  ],
  'peering-failed': ['pcx-shared: the request failed: the two VPCs share addresses.', ''],
  'peering-deleted-but-routed': [
    'pcx-shared: deleted, but 1 route still leads to it.',
    'aws ec2 delete-route --region eu-west-1 --route-table-id rtb-app --destination-cidr-block 10.8.0.0/16',
  ],
  'blackhole-routes': [
    'rtb-app: 1 route to nat-gone, which is gone or cannot be used (blackhole).',
    'aws ec2 delete-route --region eu-west-1 --route-table-id rtb-app --destination-cidr-block 0.0.0.0/0',
  ],
  'peering-routed-on-one-side': [
    'pcx-shared: routes exist on one side only - rtb-ledger of vpc-shared (account 210987654321) lacks 10.0.0.0/16.',
    'aws ec2 create-route --region eu-west-1 --route-table-id rtb-ledger --destination-cidr-block 10.0.0.0/16 --vpc-peering-connection-id pcx-shared',
  ],
  'peering-block-not-routed': [
    'pcx-shared: vpc-main (account 123456789012) has no route to 100.64.0.0/16 of its peer.',
    'aws ec2 create-route --region eu-west-1 --route-table-id rtb-app --destination-cidr-block 100.64.0.0/16 --vpc-peering-connection-id pcx-shared',
  ],
  'peering-route-outside-peer': [
    'rtb-app: the route to 10.9.0.0/16 through pcx-shared is dead: the peer VPC has no such addresses.',
    'aws ec2 delete-route --region eu-west-1 --route-table-id rtb-app --destination-cidr-block 10.9.0.0/16',
  ],
  'peering-transit-attempt': [
    "rtb-app: the route to anywhere (0.0.0.0/0) through pcx-shared needs the peer VPC's igw-shared; peering has no transit.",
    'aws ec2 delete-route --region eu-west-1 --route-table-id rtb-app --destination-cidr-block 0.0.0.0/0',
  ],
  'peering-unused': [
    'pcx-shared: no route uses this connection on the side that we can read.',
    'aws ec2 delete-vpc-peering-connection --region eu-west-1 --vpc-peering-connection-id pcx-shared',
  ],
  'peering-blocks-overlap': [
    'pcx-shared: the two VPCs share addresses (10.0.0.0/16 and 10.0.128.0/20), so they cannot be peered.',
    'aws ec2 delete-vpc-peering-connection --region eu-west-1 --vpc-peering-connection-id pcx-shared',
  ],
  'peers-overlap': [
    'vpc-main: two of its peers share addresses (10.8.0.0/20 and 10.8.0.0/16), so answers may go to the wrong one.',
    '',
  ],
  'group-reference-lost': [
    'sg-web (web): 1 rule refers to sg-ledger and matches nothing, because that group was deleted.',
    'aws ec2 revoke-security-group-ingress --region eu-west-1 --group-id sg-web --security-group-rule-ids sgr-web-0',
  ],
  'peering-dns-resolution-off': [
    'pcx-shared: names of vpc-main (account 123456789012) do not resolve to private addresses from its peer.',
    'aws ec2 modify-vpc-peering-connection-options --region eu-west-1 --vpc-peering-connection-id pcx-shared --requester-peering-connection-options AllowDnsResolutionFromRemoteVpc=true',
  ],
  'peering-dns-without-vpc-dns': [
    'pcx-shared: DNS resolution is allowed, but vpc-main (account 123456789012) has DNS hostnames turned off.',
    'aws ec2 modify-vpc-attribute --region eu-west-1 --vpc-id vpc-main --enable-dns-hostnames Value=true',
  ],
  'peering-acl-stops-answers': [
    'acl-app: outbound rule 90 stops TCP answers to 10.8.0.0/16 over pcx-shared.',
    'aws ec2 create-network-acl-entry --region eu-west-1 --network-acl-id acl-app --egress --rule-number 89 --protocol 6 --port-range From=1024,To=65535 --cidr-block 10.8.0.0/16 --rule-action allow',
  ],
};

it.each(Object.keys(SAID) as readonly Kind[])('says in one line what %s is, and offers the smallest change', (kind) => {
  const telling = tell(kind);

  expect([plain(telling.title), commandsOf(telling)]).toEqual(SAID[kind]);
  expect(telling.evidence.length).toBeGreaterThan(0);
});

describe('what is told besides', () => {
  it('says whose account must act', () => {
    expect(wordsOf(tell('peering-routed-on-one-side'))).toContain('In account 210987654321, add the way back');
    expect(wordsOf(tell('peering-expires-soon'))).toContain('In account 210987654321');
  });

  it('quotes AWS where it gave a reason', () => {
    expect(wordsOf(tell('peering-rejected'))).toContain('AWS says: Rejected by 2109');
  });

  it('says that replies to a NAT gateway need no route', () => {
    const behindNat = requester().natGateway('gone', { in: 'app', address: '10.0.1.5' });

    expect(wordsOf(tell('peering-routed-on-one-side', [behindNat, accepter([])]))).toContain(
      'It may be meant so for what is sent through nat-gone',
    );
  });

  it('names the third VPC of an attempt at transit', () => {
    const between = accepter().peering('twin', { cidrs: ['10.9.0.0/16'] });
    const [title] = titleOf('peering-transit-attempt', [requester([toShared(), toShared('10.9.0.0/16')]), between]);

    expect(title).toBe(
      'rtb-app: the route to 10.9.0.0/16 through pcx-shared needs the third VPC vpc-twin behind the peer (over pcx-twin); peering has no transit.',
    );
  });

  it('says that the other side was not read', () => {
    expect(wordsOf(tell('peering-unused'))).toContain('were not read; it may have routes');
    expect(titleOf('peering-unused', [requester([]), accepter([])])).toEqual([
      'pcx-shared: no route uses this connection.',
    ]);
  });

  it('asks before an entry that somebody wrote is worked round, and opens nothing where all is denied', () => {
    const walled = requester().acl('app', [ingress(90).deny(anything, '10.0.0.0/8')]);
    const telling = tell('peering-acl-stops-answers', [walled]);

    expect(wordsOf(telling)).toContain('Ask first: somebody wrote rule 90');
    expect(commandsOf(telling)).toBe('');
    expect(plain(telling.title)).toBe(
      'acl-app: inbound rule 90 stops all TCP traffic with 10.8.0.0/16 over pcx-shared.',
    );
  });

  it('offers five commands at most', () => {
    const many = ['1', '2', '3', '4', '5', '6', '7'].map((n) => blackhole(toShared(`10.8.${n}.0/24`)));
    const commands = commandsOf(tell('peering-deleted-but-routed', [requester(many, { status: 'deleted' })]));

    expect(commands.split('\n')).toHaveLength(6);
    expect(commands).toContain('# and 2 more of the same');
  });

  it('looks up rules whose ids nobody told', () => {
    const noIds = requester()
      .securityGroup('web', { ingress: [allow(tcp(443), deletedGroup('ledger'))] })
      .withoutRuleIds();

    expect(commandsOf(tell('group-reference-lost', [noIds]))).toContain('describe-security-group-rules');
  });
});

const titleOf = (kind: Kind, networks: readonly VpcBuilder[]): readonly string[] => [plain(tell(kind, networks).title)];
const wordsOf = ({ evidence, fix }: FaultTelling): string =>
  [...evidence.map(plain), ...fix.map(wordsOfBlock)].join('\n');
const commandsOf = ({ fix }: FaultTelling): string => fix.map(commandOfBlock).join('');

function tell(kind: Kind, networks = NETWORKS[kind]): FaultTelling {
  const { findings } = auditPeerings(...networks);
  const finding = findings.find(({ fault }) => fault.kind === kind)!;
  return explainPeeringFault(faultOf(finding), finding);
}

function faultOf({ fault }: AuditFinding): PeeringFault {
  if (fault.family !== 'peering') throw new Error(`a fault of ${fault.family}`);
  return fault;
}

/** Ids read as the names that the test gave. */
const NAMES = new Map<string, string>([
  ...['shared', 'twin'].map((name) => [pcx(name), `pcx-${name}`] as const),
  ...['main', 'shared', 'twin'].map((name) => [vpc(name), `vpc-${name}`] as const),
  ...['app', 'ledger'].flatMap(
    (name) =>
      [
        [rtb(name), `rtb-${name}`],
        [subnet(name), `subnet-${name}`],
        [acl(name), `acl-${name}`],
      ] as const,
  ),
  ...['web', 'ledger'].map((name) => [sg(name), `sg-${name}`] as const),
  [sgr('web', 'ingress', 0), 'sgr-web-0'],
  [nat('gone'), 'nat-gone'],
  [igw('shared'), 'igw-shared'],
]);

const named = (words: string): string => [...NAMES].reduce((sofar, [id, name]) => sofar.replaceAll(id, name), words);
const plain = (spans: FaultTelling['title']): string => named(plainText(spans));

function wordsOfBlock(block: Block): string {
  return block.kind === 'paragraph' ? plain(block.spans) : '';
}

/** On one line each. */
function commandOfBlock(block: Block): string {
  return block.kind === 'command' ? named(block.shell).replaceAll(/ \\\n +/g, ' ') : '';
}
