import type { PathTelling } from '../../../src/explain/path-telling.ts';
import { fixPath } from '../../../src/engine/path/fix-path.ts';
import type { PathQuestion } from '../../../src/engine/path/path.ts';
import { buildVpc, buildWorld, type BuiltWorld, type VpcBuilder } from '../../support/build-vpc.ts';
import { follow } from '../../support/follow-path.ts';
import { route, viaEndpoint, viaInternetGateway, viaPeering } from '../../support/routes.ts';
import {
  allow,
  anything,
  egress,
  ingress,
  peerGroup,
  tcp,
  type AclEntry,
  type GroupRule,
} from '../../support/rules.ts';

const anywhere = '0.0.0.0/0';

interface Setting {
  readonly rules?: readonly GroupRule[];
  readonly entries?: readonly AclEntry[];
}

/** orders-api asks payments-db, in the next subnet; each thread says only what differs. */
function shop({ rules = [allow(tcp(5432), '10.20.0.0/16')], entries }: Setting = {}): VpcBuilder {
  const vpc = buildVpc()
    .cidr('10.20.0.0/16')
    .subnet('data', '10.20.9.0/24')
    .subnet('orders', '10.20.4.0/24')
    .paths()
    .securityGroup('payments-db', { ingress: rules })
    .securityGroup('orders-api')
    .interface('payments-db', { subnet: 'data', address: '10.20.9.40', groups: ['payments-db'] })
    .interface('orders-api', { subnet: 'orders', address: '10.20.4.17', groups: ['orders-api'] });
  return entries === undefined ? vpc : vpc.acl('data', entries);
}

function tell(
  network: VpcBuilder | BuiltWorld,
  ...[from, to, service, more]: [from: string, to: string, service?: string, more?: Partial<PathQuestion>]
): PathTelling {
  const built = 'build' in network ? network.build() : network;
  const { snapshot } = built;
  const analysis = follow(built, from, to, service, more);
  const fix = fixPath(analysis, snapshot);
  return { analysis, snapshot, ...(fix !== undefined && { fix }) };
}

const allIn = ingress(100).allow(anything, anywhere);
const allOut = egress(100).allow(anything, anywhere);

/** The ledger of another VPC, whose side has no route back. */
function peeredOnOneSide(): BuiltWorld {
  return buildWorld(
    shop()
      .routeTable('orders', [route('10.44.0.0/16', viaPeering('ledger'))])
      .peering('ledger', { cidrs: ['10.44.0.0/16'] }),
    buildVpc('ledger')
      .cidr('10.44.0.0/16')
      .subnet('ledger', '10.44.1.0/24')
      .routeTable('ledger')
      .securityGroup('ledger', { ingress: [allow(tcp(443), '10.20.0.0/16')] })
      .interface('ledger', { subnet: 'ledger', address: '10.44.1.8', groups: ['ledger'] }),
  );
}

/** A name that somebody gave with ill intent. */
const HOSTILE = '<!channel> *bold* `code` |x|';

const hostile = buildVpc()
  .subnet('app', '10.0.1.0/24')
  .paths()
  .securityGroup('app')
  .interface(HOSTILE, { subnet: 'app', address: '10.0.1.5', groups: ['app'] });

/** Paths as people see them: each is read as the engineer on call would read it. */
export const PATHS: ReadonlyMap<string, PathTelling> = new Map<string, PathTelling>([
  ['path-reachable', tell(shop(), 'orders-api', 'payments-db', 'tcp/5432')],
  [
    'path-blocked-by-acl-and-group',
    tell(
      shop({
        rules: [allow(tcp(5432), '10.20.0.0/22', 'orders, before the move')],
        entries: [ingress(90).deny(tcp(5432), '10.20.4.0/24'), allIn, egress(100).allow(tcp(443), anywhere)],
      }),
      'orders-api',
      'payments-db',
      'tcp/5432',
    ),
  ],
  [
    'path-depends-on-the-client-port',
    tell(
      shop({ entries: [allIn, egress(100).allow(tcp(32_768, 65_535), anywhere)] }),
      'orders-api',
      'payments-db',
      'tcp/5432',
    ),
  ],
  ['path-answer-finds-no-route', tell(peeredOnOneSide(), 'orders-api', 'ledger', 'tcp/443')],
  [
    'path-from-the-internet',
    tell(
      shop({ entries: [ingress(100).allow(tcp(443), anywhere), allOut] })
        .internetGateway()
        .routeTable('data', [route(anywhere, viaInternetGateway())])
        .interface('shop-front', {
          subnet: 'data',
          address: '10.20.9.80',
          publicAddress: '198.51.100.80',
          groups: ['payments-db'],
        }),
      'internet',
      'shop-front',
      'tcp/443',
    ),
  ],
  [
    'path-to-s3',
    tell(
      shop()
        .prefixList('s3', '52.218.0.0/17')
        .endpoint('s3', { type: 'Gateway', service: 's3', tables: ['orders'] })
        .routeTable('orders', [route({ prefixList: 's3' }, viaEndpoint('s3'))]),
      'orders-api',
      'service:s3',
    ),
  ],
  [
    'path-undetermined',
    tell(shop({ rules: [allow(tcp(5432), peerGroup('ledger', 'batch'))] }), 'orders-api', 'payments-db', 'tcp/5432'),
  ],
  ['path-without-a-port', tell(shop(), 'orders-api', 'payments-db', 'tcp')],
  ['path-names-that-would-be-markup', tell(hostile, HOSTILE, '203.0.113.9', 'icmp')],
]);
