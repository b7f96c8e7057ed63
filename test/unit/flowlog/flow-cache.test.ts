import { describe, expect, it } from 'vitest';
import { FlowCache, FlowCaches } from '../../../src/flowlog/flow-cache.ts';
import type { Flow } from '../../../src/flowlog/flows.ts';
import { DEFAULT_FORMAT } from '../../../src/flowlog/format.ts';
import { LineReader } from '../../../src/flowlog/line-reader.ts';
import { ENI, reject, RICH_FORMAT } from '../../support/flow-lines.ts';

const flow = (conversation: number): Flow => ({
  conversation,
  identity: conversation,
  direction: 'ingress',
  isMerged: false,
});

function lineFrom(port: number): LineReader {
  const reader = new LineReader(DEFAULT_FORMAT, ENI);
  const bytes = Buffer.from(reject(`10.0.0.5:${port} -> 10.0.1.9:443 tcp`, { at: port }));
  reader.open(bytes, 0, bytes.length);
  return reader;
}

/** How often each of these ports had to be met. */
function meetings(ports: readonly number[], cache: FlowCache): number[] {
  const met: number[] = [];
  const read = (port: number) =>
    cache.flowOf(lineFrom(port), () => {
      met.push(port);
      return flow(port);
    });

  expect(ports.map(read)).toEqual(ports.map(flow));
  return met;
}

describe('flows by their text', () => {
  it('are met once, whatever else differs', () => {
    expect(meetings([1, 2, 1, 1, 2], new FlowCache())).toEqual([1, 2]);
  });

  it('are forgotten before there are too many', () => {
    expect(meetings([1, 2, 3, 1, 2], new FlowCache({ texts: 3 }))).toEqual([1, 2, 3, 1, 2]);
  });

  it('are forgotten before they take too much memory', () => {
    const twoTexts = new FlowCache({ bytes: 100 });

    expect(meetings([1, 2, 1, 3, 1], twoTexts)).toEqual([1, 2, 3, 1]);
  });

  it.each(['malformed', undefined] as const)('are remembered as %s too', (known) => {
    const cache = new FlowCache();
    cache.flowOf(lineFrom(1), () => known);

    expect(cache.flowOf(lineFrom(1), () => flow(1))).toBe(known);
  });
});

describe('caches', () => {
  it('are shared by files of one format, and by no others', () => {
    const caches = new FlowCaches();

    expect(caches.for(DEFAULT_FORMAT)).toBe(caches.for({ fields: [...DEFAULT_FORMAT.fields] }));
    expect(caches.for(DEFAULT_FORMAT)).not.toBe(caches.for(RICH_FORMAT));
  });

  it('of made up formats do not pile up', () => {
    const caches = new FlowCaches();
    const first = caches.for(DEFAULT_FORMAT);
    for (let index = 0; index < 8; index += 1) caches.for({ fields: [`field-${index}`] });

    expect(caches.for(DEFAULT_FORMAT)).not.toBe(first);
  });
});
