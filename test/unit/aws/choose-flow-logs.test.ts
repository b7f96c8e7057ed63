import { expect, it } from 'vitest';
import { chooseFlowLogs } from '../../../src/aws/choose-flow-logs.ts';
import { parseFlowLogId } from '../../../src/vpc/ids.ts';
import type { FlowLog } from '../../../src/vpc/flow-log.ts';

const DEFAULT = '${version} ${srcaddr} ${action}';
const RICH = '${version} ${srcaddr} ${action} ${tcp-flags} ${pkt-srcaddr} ${flow-direction}';
const GROUP = { kind: 'cloud-watch-logs', logGroup: '/flow' } as const;
const BUCKET = {
  kind: 's3',
  bucket: 'flows',
  prefix: '',
  fileFormat: 'plain-text',
  hiveCompatible: false,
  perHour: false,
} as const;

function log(name: string, differs: Partial<FlowLog> = {}): FlowLog {
  return {
    id: parseFlowLogId(`fl-${name.padEnd(8, '0')}`)!,
    resourceId: 'vpc-0a1b2c3d',
    trafficType: 'ALL',
    destination: GROUP,
    format: DEFAULT,
    aggregationInterval: 600,
    delivery: { status: 'success' },
    ...differs,
  };
}

const NOTHING = { accept: false, reject: false };

it.each([
  ['the only one', [log('a')], ['fl-a0000000']],
  ['the richer format', [log('a'), log('b', { format: RICH })], ['fl-b0000000']],
  ['both actions rather than one', [log('a', { format: RICH, trafficType: 'REJECT' }), log('b')], ['fl-b0000000']],
  ['what is delivered', [log('a', { format: RICH, delivery: { status: 'failed' } }), log('b')], ['fl-b0000000']],
  ['what comes sooner', [log('a', { destination: BUCKET }), log('b')], ['fl-b0000000']],
  ['the finer interval', [log('a'), log('b', { aggregationInterval: 60 })], ['fl-b0000000']],
  [
    'one for each action',
    [log('a', { trafficType: 'ACCEPT' }), log('b', { trafficType: 'REJECT' })],
    ['fl-a0000000', 'fl-b0000000'],
  ],
  [
    'one of each kind only',
    [log('a', { trafficType: 'REJECT' }), log('b', { trafficType: 'REJECT', format: RICH })],
    ['fl-b0000000'],
  ],
])('reads %s', (_which, logs, ids) => {
  expect(chooseFlowLogs(logs, NOTHING).map(({ id }) => id)).toEqual(ids);
  expect(chooseFlowLogs(logs.toReversed(), NOTHING).map(({ id }) => id)).toEqual(ids);
});

it('reads nothing for actions already seen', () => {
  expect(chooseFlowLogs([log('a', { trafficType: 'ACCEPT' })], { accept: true, reject: false })).toEqual([]);
});
