import { expect, it } from 'vitest';
import { trailEvent } from '../../../demo/account/trail-events.ts';
import type { StandInAccount } from '../../../demo/aws/stand-in-account.ts';
import { historyOf } from '../../../src/changes/history.ts';
import { parseAccountId, parseRegion } from '../../../src/vpc/ids.ts';
import type { CollectedChanges } from '../../../src/workflow/sources.ts';
import { clock } from '../../support/flow-lines.ts';
import { acl, eni, sg } from '../../support/ids.ts';
import { ACCOUNT, REGION } from '../../support/vpc-plan.ts';
import { connect, type World } from './world.ts';

const revoked = (at: string, id = at, readOnly = false) =>
  trailEvent({
    id,
    name: readOnly ? 'DescribeSecurityGroups' : 'RevokeSecurityGroupIngress',
    atMs: clock(at) * 1_000,
    accountId: ACCOUNT,
    region: REGION,
    resources: [sg('db')],
    request: {
      groupId: sg('db'),
      ipPermissions: {
        items: [{ ipProtocol: 'tcp', fromPort: 22, toPort: 22, ipRanges: { items: [{ cidrIp: '10.0.0.0/8' }] } }],
      },
    },
    readOnly,
  });

function account(more: Partial<StandInAccount> = {}): StandInAccount {
  return {
    snapshot: { accountId: ACCOUNT, region: REGION },
    trail: [revoked('12:02:11'), revoked('11:00:00'), revoked('12:05:00', 'read', true)],
    ...more,
  };
}

async function lookUp({ collector }: World, ids: readonly string[] = [sg('db')]): Promise<CollectedChanges> {
  const scope = { accountId: parseAccountId(ACCOUNT)!, region: parseRegion(REGION)! };
  return collector.collectChanges(
    { scope, objectIds: ids, since: clock('12:00:00'), askedBy: 'U024BE7LH' },
    { signal: new AbortController().signal, onStep: () => undefined },
  );
}

const timesOf = ({ readings, readAt, gaps }: CollectedChanges) =>
  historyOf(readings, { readAt, gaps }).changes.map(({ at }) => at);

it('reads the events of an object, without those that only read', async () => {
  const world = await connect([account()]);

  const told = await lookUp(world);

  expect(timesOf(told)).toEqual([clock('11:00:00'), clock('12:02:11')]);
  expect(told.gaps).toEqual([]);
  expect(told.readings[0]!.knownSince).toBeLessThan(told.readAt - 89 * 86_400);
});

it('turns pages only as far back as is wanted, and says how far that is', async () => {
  const world = await connect([
    account({ trail: ['12:30:00', '12:20:00', '11:50:00', '11:40:00', '11:30:00'].map((at) => revoked(at)) }),
  ]);
  world.aws.setPaging({ pageSize: 2 });

  const told = await lookUp(world);

  expect(world.aws.calls).toHaveLength(2);
  expect(told.readings[0]!.knownSince).toBe(clock('11:40:00'));
});

it('asks no faster than AWS allows, and asks again for nothing that it was told a moment ago', async () => {
  const world = await connect([account()]);
  const ids = [sg('db'), acl('db'), eni('db'), sg('other')];

  const first = await lookUp(world, ids);
  const second = await lookUp(world, ids);

  expect(first.gaps).toEqual([]);
  expect(world.aws.calls).toHaveLength(4);
  expect(timesOf(second)).toEqual(timesOf(first));
  const times = world.aws.calls.map(({ at }) => at);
  expect(times.at(-1)! - times[0]!).toBeGreaterThan(1_200);
});

it('an attempt that is throttled waits for its turn like any other call', async () => {
  const world = await connect([account()]);
  world.aws.faults.add({ action: 'cloudtrail:LookupEvents', kind: { kind: 'throttle' }, calls: [1] });

  const told = await lookUp(world, [sg('db'), acl('db'), eni('db')]);

  expect(told.gaps).toEqual([]);
  expect(told.readings).toHaveLength(3);
  const times = world.aws.calls.map(({ at }) => at);
  expect(times).toHaveLength(4);
  expect(times.at(-1)! - times[0]!).toBeGreaterThan(1_200);
});

it('what is throttled three times is a gap', async () => {
  const world = await connect([account()]);
  world.aws.faults.add({ action: 'cloudtrail:LookupEvents', kind: { kind: 'throttle' } });

  const told = await lookUp(world);

  expect(told.gaps).toMatchObject([{ fact: 'configuration-changes', because: 'throttled' }]);
  expect(world.aws.calls).toHaveLength(3);
});

it('a refusal is a gap', async () => {
  const told = await lookUp(await connect([account({ denied: ['cloudtrail:LookupEvents'] })]));

  expect(told.readings).toEqual([]);
  expect(told.gaps).toEqual([
    { fact: 'configuration-changes', because: 'access-denied', action: 'cloudtrail:LookupEvents' },
  ]);
});

it('what is not told in time is a gap', async () => {
  const world = await connect([account()], { limits: { changesMilliseconds: 300 } });
  world.aws.faults.add({ action: 'cloudtrail:LookupEvents', kind: { kind: 'hang' } });

  const told = await lookUp(world);

  expect(told.gaps).toMatchObject([{ fact: 'configuration-changes', because: 'unreachable' }]);
});
