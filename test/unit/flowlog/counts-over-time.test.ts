import { describe, expect, it } from 'vitest';
import { CountsOverTime, Stretches } from '../../../src/flowlog/counts-over-time.ts';
import { clock } from '../../support/flow-lines.ts';

describe('a window falls into stretches of whole minutes, sixty at most', () => {
  it.each([
    ['12:00:00', '12:00:00', 60],
    ['12:00:00', '12:05:00', 60],
    ['12:00:00', '13:00:00', 60],
    ['12:00:00', '13:00:01', 120],
    ['00:00:00', '24:00:00', 1_440],
  ])('%s to %s: %d s each', (start, end, seconds) => {
    expect(new Stretches({ start: clock(start), end: clock(end) }).seconds).toBe(seconds);
  });
});

describe('records are counted by the stretch in which they began', () => {
  it.each<[title: string, times: readonly string[], counts: readonly [string, number][]]>([
    ['nothing gives nothing', [], []],
    [
      'in order, whatever order they come in',
      ['12:02:30', '12:00:00', '12:02:59'],
      [
        ['12:00:00', 1],
        ['12:02:00', 2],
      ],
    ],
    ['before the window: its first stretch', ['11:58:00', '12:00:10'], [['12:00:00', 2]]],
    ['at its end and past it, by another clock: its last', ['13:00:00', '13:00:09'], [['12:59:00', 2]]],
  ])('%s', (_, times, counts) => {
    const stretches = new Stretches({ start: clock('12:00:00'), end: clock('13:00:00') });
    const overTime = new CountsOverTime();
    for (const time of times) overTime.add(stretches.startOf(stretches.indexOf(clock(time))));

    expect(overTime.build()).toEqual(counts.map(([at, records]) => ({ at: clock(at), records })));
  });
});
