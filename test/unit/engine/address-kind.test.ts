import { expect, it } from 'vitest';
import { addressKind, isEffectivePublic } from '../../../src/engine/address-kind.ts';
import { parseAddress } from '../../../src/net/address.ts';
import { buildVpc } from '../../support/build-vpc.ts';
import { vpc } from '../../support/ids.ts';

const { snapshot } = buildVpc()
  .cidr('10.0.0.0/16', '198.18.0.0/16', '2001:db8::/56')
  .peering('shared', { cidrs: ['172.20.0.0/16', '198.51.100.0/24', '2001:db8:ff00::/56'] })
  .peering('pending', { cidrs: ['192.0.2.0/24'], status: 'pending-acceptance' })
  .build();

it.each([
  ['10.0.255.255', 'vpc'],
  ['198.18.0.1', 'vpc'],
  ['2001:db8::10', 'vpc'],
  ['172.20.0.1', 'peer'],
  ['198.51.100.7', 'peer'],
  ['2001:db8:ff00::1', 'peer'],
  ['192.0.2.1', 'public'],
  ['10.1.0.0', 'private'],
  ['172.16.0.0', 'private'],
  ['172.31.255.255', 'private'],
  ['172.32.0.0', 'public'],
  ['192.168.1.1', 'private'],
  ['100.64.0.0', 'private'],
  ['100.127.255.255', 'private'],
  ['100.128.0.0', 'public'],
  ['fd00:ec2::253', 'private'],
  ['127.0.0.1', 'loopback'],
  ['::1', 'loopback'],
  ['169.254.169.254', 'link-local'],
  ['fe80::1', 'link-local'],
  ['224.0.0.1', 'multicast'],
  ['ff02::1', 'multicast'],
  ['255.255.255.255', 'reserved'],
  ['0.0.0.0', 'reserved'],
  ['::', 'reserved'],
  ['8.8.8.8', 'public'],
  ['2600:1f00::1', 'public'],
])('%s is %s', (text, kind) => {
  const address = parseAddress(text)!;

  expect(addressKind(address, snapshot, vpc('main'))).toBe(kind);
  expect(isEffectivePublic(address, snapshot, vpc('main'))).toBe(kind === 'public');
});

it('sees the connection from whichever side the VPC is on', () => {
  const own = parseAddress('198.18.0.1')!;
  const far = parseAddress('198.51.100.7')!;

  expect(addressKind(own, snapshot, vpc('shared'))).toBe('peer');
  expect(addressKind(far, snapshot, vpc('shared'))).toBe('public');
});

it('knows nothing of a VPC that was not read, and of no VPC in particular everything', () => {
  const own = parseAddress('198.18.0.1')!;
  const far = parseAddress('198.51.100.7')!;

  expect(addressKind(own, snapshot, vpc('stranger'))).toBe('public');
  expect(addressKind(own, snapshot)).toBe('vpc');
  expect(addressKind(far, snapshot)).toBe('peer');
});
