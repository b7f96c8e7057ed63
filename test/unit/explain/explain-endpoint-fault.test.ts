import { expect, it } from 'vitest';
import { auditSnapshot } from '../../../src/audit/audit-snapshot.ts';
import type { AuditWorld } from '../../../src/audit/audit-rule.ts';
import type { EndpointFault } from '../../../src/audit/endpoints/endpoint-fault.ts';
import { explainEndpointFault } from '../../../src/explain/explain-endpoint-fault.ts';
import { formatBytes } from '../../../src/explain/amounts.ts';
import { auditOf } from '../../support/audits.ts';
import { buildVpc, type VpcBuilder } from '../../support/build-vpc.ts';
import { acl, nat, pcx, pl, rtb, sg, subnet, vpc, vpce } from '../../support/ids.ts';
import { route, viaNatGateway, viaPeering } from '../../support/routes.ts';
import { allow, anything, egress, ingress, tcp } from '../../support/rules.ts';
import { tellFaults, type ToldFault } from '../../support/tell-faults.ts';
import type { EndpointPlan } from '../../support/vpc-plan.ts';

const S3 = 'com.amazonaws.eu-west-1.s3';

const network = (): VpcBuilder =>
  buildVpc()
    .subnet('app', '10.0.1.0/24')
    .subnet('endpoints', '10.0.3.0/24')
    .securityGroup('hosts', { egress: [allow(tcp(5432), '10.0.0.0/16')] })
    .securityGroup('endpoint', { ingress: [allow(tcp(443), '10.0.0.0/16')] })
    .interface('web', { subnet: 'app', address: '10.0.1.10', groups: ['hosts'] })
    .natGateway('nat', { in: 'endpoints', address: '10.0.3.5', publicAddress: '203.0.113.5' })
    .prefixList(S3, '3.5.64.0/21');

const SQS: EndpointPlan = { service: 'sqs', privateDns: true, subnets: ['endpoints'], groups: ['endpoint'] };
const sqs = (change: Partial<EndpointPlan> = {}): VpcBuilder => network().endpoint('sqs', { ...SQS, ...change });
const s3 = (): VpcBuilder =>
  network()
    .endpoint('s3', { service: 's3', type: 'Gateway', tables: ['app'] })
    .routeTable('app');

function told(kind: EndpointFault['kind'], world: VpcBuilder, more: Partial<AuditWorld> = {}): ToldFault {
  return tellFaults(auditSnapshot(auditOf(world, more), ['endpoints']), kind, (finding) =>
    finding.fault.family === 'endpoints' ? explainEndpointFault(finding.fault, finding) : undefined,
  );
}

const WINDOW = { start: 1_794_830_400, end: 1_795_435_200 };
const TRAFFIC = {
  window: WINDOW,
  throughNat: [{ at: subnet('app'), service: 's3', bytes: 1.9e12 } as const],
};
const throughNat = (): VpcBuilder =>
  network()
    .endpoint('sqs', SQS)
    .routeTable('app', [route('0.0.0.0/0', viaNatGateway('nat'))]);
const ALLOW = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };

it.each<{ kind: EndpointFault['kind']; world: VpcBuilder; more?: Partial<AuditWorld>; title: string; fix: string }>([
  {
    kind: 'endpoint-not-available',
    world: sqs({ state: 'pendingAcceptance' }),
    title: `${vpce('sqs')} (sqs) is not available: the owner of the service has not accepted it.`,
    fix: 'Ask the owner of the service to accept it.',
  },
  {
    kind: 'gateway-endpoint-missing',
    world: throughNat(),
    more: { traffic: TRAFFIC },
    title: `${vpc('main')} has no S3 gateway endpoint: 1.9 TB to S3 went through ${nat('nat')}, about 86 USD.`,
    fix: `--vpc-id ${vpc('main')} --vpc-endpoint-type Gateway \\\n  --service-name ${S3} \\\n  --route-table-ids ${rtb('app')}`,
  },
  {
    kind: 'gateway-endpoint-not-associated',
    world: throughNat().endpoint('s3', { service: 's3', type: 'Gateway' }),
    title: `${vpce('s3')} (s3) leaves out 1 route table; its S3 traffic, if any, goes through ${nat('nat')}.`,
    fix: `--add-route-table-ids ${rtb('app')}`,
  },
  {
    kind: 'endpoint-groups-refuse',
    world: sqs({ groups: ['hosts'] }),
    title: `${vpce('sqs')} (sqs): its security groups refuse tcp/443 from everybody in the VPC.`,
    fix: `--group-id ${sg('hosts')} \\\n  --ip-permissions 'IpProtocol=tcp,FromPort=443,ToPort=443,IpRanges=[{CidrIp=10.0.0.0/16}]'`,
  },
  {
    kind: 'endpoint-acl-refuses',
    world: sqs().acl('endpoints', [
      ingress(100).allow(anything, '0.0.0.0/0'),
      egress(100).allow(tcp(443), '0.0.0.0/0'),
    ]),
    title: `${vpce('sqs')} (sqs): network ACL ${acl('endpoints')} drops the answers.`,
    fix: '--egress --rule-number 110 \\\n  --protocol tcp --port-range From=1024,To=65535 \\\n  --cidr-block 10.0.1.0/24 --rule-action allow',
  },
  {
    kind: 'endpoint-private-dns-off',
    world: sqs({ privateDns: false }),
    title: `${vpce('sqs')} (sqs) has private DNS off: the service's usual name leads past it.`,
    fix: '--private-dns-enabled',
  },
  {
    kind: 'endpoint-vpc-dns-off',
    world: sqs().dns({ support: true, hostnames: false }),
    title: `${vpc('main')} has enableDnsHostnames off, which its endpoints need.`,
    fix: '--enable-dns-hostnames Value=true',
  },
  {
    kind: 'endpoint-hides-gateway',
    world: s3().endpoint('paid', { ...SQS, service: 's3' }),
    title: `${vpce('paid')} (s3) draws S3 traffic away from the free gateway endpoint ${vpce('s3')}.`,
    fix: '--dns-options PrivateDnsOnlyForInboundResolverEndpoint=true',
  },
  {
    kind: 'endpoint-one-zone',
    world: sqs().zone('b', 'app'),
    title: `${vpce('sqs')} (sqs) is in eu-west-1a only, its clients also in eu-west-1b.`,
    fix: `--add-subnet-ids ${subnet('app')}`,
  },
  {
    kind: 'endpoint-policy-denies-all',
    world: sqs({ policy: { Statement: [] } }),
    title: `${vpce('sqs')} (sqs): its policy denies everything.`,
    fix: '--reset-policy',
  },
  {
    kind: 'endpoint-policy-open',
    world: sqs({ policy: { Statement: [ALLOW] } }),
    title: `1 endpoint of ${vpc('main')} lets anyone do anything.`,
    fix: '--policy-document file://endpoint-policy.json',
  },
  {
    kind: 'endpoint-duplicate',
    world: sqs().endpoint('sqs-again', SQS),
    title: '2 interface endpoints for com.amazonaws.eu-west-1.sqs in one VPC do the same.',
    fix: 'delete-vpc-endpoints',
  },
  {
    kind: 'endpoint-without-traffic',
    world: sqs({ interfaces: ['web'] }),
    more: { endpointUses: new Map([[vpce('sqs'), { kind: 'silent', window: WINDOW }]]) },
    title: `${vpce('sqs')} (sqs) carried nothing in the 7 days read.`,
    fix: `--vpc-endpoint-ids ${vpce('sqs')}`,
  },
  {
    kind: 'endpoint-egress-closed',
    world: s3(),
    title: `${sg('hosts')} lets nothing out to S3, though ${vpce('s3')} leads there.`,
    fix: `PrefixListIds=[{PrefixListId=${pl(S3)}}]`,
  },
  {
    kind: 'endpoint-expected-by-peer',
    world: network()
      .peering('hub', { cidrs: ['10.8.0.0/16'] })
      .routeTable('app', [route({ prefixList: S3 }, viaPeering('hub'))]),
    title: `${rtb('app')} sends S3 traffic to ${pcx('hub')}, where no gateway endpoint takes it.`,
    fix: `--route-table-id ${rtb('app')} --destination-prefix-list-id ${pl(S3)}`,
  },
  {
    kind: 'endpoint-port-not-encrypted',
    world: sqs({ service: 'cassandra' }).encryptionControl('enforce'),
    title: `${vpce('sqs')} (cassandra): tcp/9142 is dropped, since the VPC enforces encryption.`,
    fix: 'mode monitor',
  },
])('tells $kind in one line, and what to do', ({ kind, world, more, title, fix }) => {
  const telling = told(kind, world, more);

  expect(telling.title).toBe(title);
  expect(telling.fix).toContain(fix);
});

it('names the price that an estimate rests on, and says to re-check it', () => {
  const { evidence } = told('gateway-endpoint-missing', throughNat(), { traffic: TRAFFIC });

  expect(evidence.at(-1)).toMatch(/1\.9 TB, at 0\.045 USD per GB; prices differ by Region, so re-check\.$/);
});

it('says that nothing was measured where nothing was', () => {
  expect(told('gateway-endpoint-missing', throughNat()).evidence).toContain(
    'This rests on routes alone: flow logs were not asked how much traffic there is.',
  );
});

it('shows which entry drops what', () => {
  const world = sqs().acl('endpoints', [
    ingress(100).deny(tcp(443), '10.0.1.0/24'),
    egress(100).allow(anything, '0.0.0.0/0'),
  ]);

  expect(told('endpoint-acl-refuses', world).evidence).toEqual([
    `${subnet('endpoints')}: inbound rule 100 denies requests to port 443 from 10.0.1.0/24.`,
  ]);
});

it.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1_500, '1.5 kB'],
  [1.9e12, '1.9 TB'],
  [123.4e9, '123 GB'],
])('writes %d bytes as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
