import { describe, expect, it } from 'vitest';
import { pathWorld } from '../../../../src/engine/path/path-world.ts';
import { parseAddress } from '../../../../src/net/address.ts';
import { parseSnapshot } from '../../../../src/vpc/parse-snapshot.ts';
import type { RawSnapshot } from '../../../../src/vpc/raw-snapshot.ts';
import { buildVpc } from '../../../support/build-vpc.ts';
import { eni, vpc } from '../../../support/ids.ts';
import { ACCOUNT, PEER_ACCOUNT, REGION } from '../../../support/vpc-plan.ts';

const { raw: OWN } = buildVpc().build();
const { raw: PEER } = buildVpc('peer', { account: PEER_ACCOUNT }).build();

/** What was asked for in an account and region besides. */
const read = (accountId: string, region: string, more: object = {}): RawSnapshot => ({
  accountId,
  region,
  takenAt: '2026-11-23T12:00:00Z',
  ...more,
});
const tables = { RouteTables: [] };

const isWhole = (raws: readonly RawSnapshot[], name = 'main'): boolean =>
  pathWorld(parseSnapshot(raws)).isWhole('RouteTables', vpc(name));

describe('what is not there does not exist', () => {
  it.each<[string, readonly RawSnapshot[], boolean]>([
    ['where it was not asked for', [OWN], false],
    ['where it was asked for', [{ ...OWN, ...tables }], true],
    ['where another call for the account asked for it', [OWN, read(ACCOUNT, REGION, tables)], true],
    ['where it was asked for in another Region', [OWN, read(ACCOUNT, 'us-east-1', tables)], false],
    ['where it was asked for in another account', [OWN, read(PEER_ACCOUNT, REGION, tables)], false],
    ['where it was asked for in this VPC alone', [{ ...OWN, ...tables, onlyVpcs: [vpc('main')] }], true],
    ['where it was asked for in another VPC alone', [{ ...OWN, ...tables, onlyVpcs: [vpc('peer')] }], false],
    ['in a VPC of an account that nobody recorded', [{ ...OWN, accountId: PEER_ACCOUNT, ...tables }], true],
  ])('%s: %s', (...[, raws, known]) => {
    expect(isWhole(raws)).toBe(known);
  });

  it('in a VPC that was not read, where it was asked for anywhere', () => {
    expect(isWhole([{ ...OWN, ...tables }], 'ghost')).toBe(true);
    expect(isWhole([OWN, read(ACCOUNT, 'us-east-1', tables)], 'ghost')).toBe(true);
    expect(isWhole([OWN, PEER], 'ghost')).toBe(false);
  });

  it('in each of two accounts by itself', () => {
    expect(isWhole([OWN, { ...PEER, ...tables }], 'peer')).toBe(true);
    expect(isWhole([OWN, { ...PEER, ...tables }], 'main')).toBe(false);
  });
});

describe('an address is known on the internet', () => {
  const { ownerOfPublic } = pathWorld(
    buildVpc()
      .subnet('app', '10.0.1.0/24')
      .interface('app', { subnet: 'app', address: '10.0.1.5', publicAddress: '198.51.100.5', ipv6: '2001:db8:1:1::5' })
      .build().snapshot,
  );

  it.each([
    ['198.51.100.5', eni('app')],
    ['2001:db8:1:1::5', eni('app')],
    ['10.0.1.5', undefined],
  ])('%s', (address, owner) => {
    expect(ownerOfPublic(parseAddress(address)!)?.id).toBe(owner);
  });
});
