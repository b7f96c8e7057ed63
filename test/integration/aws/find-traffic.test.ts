import { expect, it } from 'vitest';
import type { FoundTraffic } from '../../../src/workflow/sources.ts';
import { accept, clock, nodata, reject, skipdata } from '../../support/flow-lines.ts';
import { eni } from '../../support/ids.ts';
import { PLAIN_VPC } from './accounts.ts';
import { logGroupOf } from './log-world.ts';
import { connect, type World } from './world.ts';

const FORMAT =
  '${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}';
const web = { eni: eni('web') };
const silent = (from: string, until: string) => nodata({ ...web, from, until });
const SILENCE = [silent('09:00:00', '09:01:00'), silent('10:00:00', '10:01:00'), silent('11:00:00', '11:01:00')];
const flow = '10.0.2.5:40000 -> 10.0.1.10:443 tcp';

const worldOf = (lines: readonly string[], options = {}): Promise<World> =>
  connect([{ snapshot: PLAIN_VPC.flowLog().build().raw, logGroups: [logGroupOf(lines, options)] }]);

const find = ({ collector }: World): Promise<FoundTraffic> =>
  collector.findTraffic(
    {
      interfaceId: eni('web'),
      scope: {},
      logGroup: 'vpc-flow-logs',
      format: FORMAT,
      window: { start: clock('08:00:00'), end: clock('12:00:00') },
      askedBy: 'audit-prod',
    },
    { signal: new AbortController().signal },
  );

it.each([
  ['an accepted packet', accept(flow, { ...web, at: '09:30:00' })],
  ['a rejected one: somebody wants it', reject(flow, { ...web, at: '09:30:00' })],
])('%s among silence is traffic, and takes one call', async (_, line) => {
  const world = await worldOf([...SILENCE, line]);

  expect(await find(world)).toEqual({ kind: 'traffic' });
  expect(world.aws.calls).toHaveLength(1);
});

it('lines of silence are no traffic (FLOW-57): the oldest tells since when', async () => {
  const world = await worldOf(SILENCE);

  expect(await find(world)).toEqual({ kind: 'silence', since: clock('09:00:00') });
  expect(world.aws.calls).toHaveLength(2);
});

it.each([
  ['before the window', '07:00:00'],
  ['after it', '12:30:00'],
])('traffic %s does not count', async (_, at) => {
  expect(await find(await worldOf([...SILENCE, accept(flow, { ...web, at })]))).toMatchObject({ kind: 'silence' });
});

it('lost records may have been traffic (FLOW-56)', async () => {
  const lost = skipdata({ ...web, from: '09:30:00', until: '09:31:00' });

  expect(await find(await worldOf([...SILENCE, lost]))).toEqual({ kind: 'incomplete' });
});

it('a stream without lines in the window tells nothing', async () => {
  expect(await find(await worldOf([silent('07:00:00', '07:01:00')]))).toEqual({ kind: 'nothing' });
});

it('streams of other interfaces tell nothing', async () => {
  expect(await find(await worldOf(SILENCE, { stream: `${eni('other')}-all` }))).toEqual({ kind: 'nothing' });
});

it('empty pages are passed over, and too many of them are not taken for silence', async () => {
  const some = await worldOf([...SILENCE, accept(flow, { ...web, at: '09:30:00' })]);
  some.aws.setPaging({ emptyPages: 3 });
  const many = await worldOf(SILENCE);
  many.aws.setPaging({ emptyPages: 20 });

  expect(await find(some)).toEqual({ kind: 'traffic' });
  expect(await find(many)).toEqual({ kind: 'incomplete' });
});

it('a refusal is told as such', async () => {
  const world = await worldOf(SILENCE);
  world.aws.faults.add({ action: 'logs:FilterLogEvents', kind: { kind: 'deny' } });

  await expect(find(world)).rejects.toMatchObject({
    failure: { kind: 'missing-permission', action: 'logs:FilterLogEvents' },
  });
});
