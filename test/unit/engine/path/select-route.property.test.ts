import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { selectRoute } from '../../../../src/engine/path/select-route.ts';
import { parseAddress } from '../../../../src/net/address.ts';
import { cidrContains, parseCidr } from '../../../../src/net/cidr.ts';
import { buildVpc } from '../../../support/build-vpc.ts';
import { pcx } from '../../../support/ids.ts';
import { route, viaPeering } from '../../../support/routes.ts';

/** Few bits and many lengths, from none to all, so that blocks lie in one another. */
const ipv4 = fc.tuple(fc.constantFrom(0, 127, 128, 192, 255), fc.constantFrom(0, 1, 128, 255));
const address4 = ipv4.map(([first, last]) => `${first}.0.0.${last}`);
const address6 = ipv4.map(([first, last]) => `${first.toString(16)}00::${last.toString(16)}`);
const block4 = fc.tuple(address4, fc.constantFrom(0, 1, 2, 8, 24, 25, 31, 32)).map((parts) => parts.join('/'));
const block6 = fc.tuple(address6, fc.constantFrom(0, 1, 8, 64, 120, 127, 128)).map((parts) => parts.join('/'));
const blocks = fc.uniqueArray(fc.oneof(block4, block6), {
  selector: (block) => JSON.stringify(parseCidr(block), (_, value: unknown) => String(value)),
  maxLength: 30,
});

function containing(all: readonly string[], text: string): readonly string[] {
  return all
    .filter((block) => cidrContains(parseCidr(block)!, parseAddress(text)!))
    .toSorted((a, b) => parseCidr(b)!.prefixLength - parseCidr(a)!.prefixLength);
}

test.prop([blocks, fc.array(fc.oneof(address4, address6), { minLength: 1, maxLength: 20 })])(
  'RT-3 the route is the one that a scan by prefix length finds, in both families',
  (all, addresses) => {
    const network = buildVpc()
      .subnet('app', '10.0.1.0/24')
      .routeTable(
        'app',
        all.map((block, index) => route(block, viaPeering(`peer-${index}`))),
      )
      .build();
    for (const text of addresses) {
      const [longest] = containing(all, text);
      const selection = selectRoute(network.routeTable('app'), parseAddress(text)!, network.snapshot);

      expect(selection).toMatchObject(
        longest === undefined
          ? { kind: 'no-route' }
          : { kind: 'route', route: { target: { id: pcx(`peer-${all.indexOf(longest)}`) } } },
      );
    }
  },
);
