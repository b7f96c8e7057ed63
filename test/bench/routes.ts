import { selectRoute } from '../../src/engine/path/select-route.ts';
import { formatAddress, type Address } from '../../src/net/address.ts';
import { cidrContains, formatCidr, parseCidr } from '../../src/net/cidr.ts';
import { buildVpc } from '../support/build-vpc.ts';
import { route, viaPeering } from '../support/routes.ts';
import { randomNumbers, type Next } from './generate-records.ts';
import { interleave } from './interleave.ts';
import { rowOf, type Row } from './row.ts';

const ROUTES = 1_000;
const ADDRESSES = 100_000;
/** The scan is so slow that it gets a sample of the same addresses. */
const SCANNED = 200;

const SELECTION = 'the longest prefix among 1,000 routes';
const FIRST = 'the same, the first time a table is asked';
const SCAN = 'a linear scan that parses destinations each time';

/** The route of a packet in a table of very many, the most that AWS lets a table have. */
export async function benchRoutes(): Promise<readonly Row[]> {
  const next = randomNumbers(3);
  const blocks = Array.from({ length: ROUTES }, () => `${formatAddress(addressBy(next))}/${16 + next(13)}`);
  const distinct = [...new Map(blocks.map((block) => [formatCidr(parseCidr(block)!), block])).values()];
  const addresses = Array.from({ length: ADDRESSES }, () => addressBy(next));
  const sample = addresses.slice(0, SCANNED);
  const network = buildVpc()
    .subnet('app', '10.0.1.0/24')
    .routeTable(
      'app',
      distinct.map((block, index) => route(block, viaPeering(`peer-${index}`))),
    )
    .build();
  const { snapshot } = network;
  const table = network.routeTable('app');
  const timings = await interleave({
    [SELECTION]: {
      run: () => countFound(addresses, (address) => selectRoute(table, address, snapshot).kind === 'route'),
      operations: addresses.length,
    },
    [FIRST]: {
      run: () => sample.filter((address) => selectRoute({ ...table }, address, snapshot).kind === 'route'),
      operations: sample.length,
    },
    [SCAN]: { run: () => countFound(sample, (address) => scan(distinct, address) !== undefined), operations: SCANNED },
  });
  return [
    rowOf(timings, { what: SELECTION, beside: SCAN, goal: 1 / 1000 }),
    rowOf(timings, { what: FIRST, beside: SCAN }),
  ];
}

function countFound(addresses: readonly Address[], isFound: (address: Address) => boolean): void {
  const found = addresses.filter(isFound).length;
  if (found === 0 || found === addresses.length) throw new Error('addresses of one outcome only measure nothing');
}

/** What one would write first. */
function scan(blocks: readonly string[], address: Address): string | undefined {
  let best: { readonly block: string; readonly prefixLength: number } | undefined;
  for (const block of blocks) {
    const cidr = parseCidr(block)!;
    const isLonger = cidrContains(cidr, address) && cidr.prefixLength > (best?.prefixLength ?? -1);
    if (isLonger) best = { block, prefixLength: cidr.prefixLength };
  }
  return best?.block;
}

/** Addresses of one /8, so that routes and packets meet. */
function addressBy(next: Next): Address {
  return { family: 'ipv4', bits: 0xc0_00_00_00n + BigInt(next(2 ** 24)) };
}
