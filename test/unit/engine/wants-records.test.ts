import { expect, it } from 'vitest';
import type { RowId } from '../../../src/engine/finding.ts';
import { wantsRecordsOf } from '../../../src/engine/wants-records.ts';
import type { Gap } from '../../../src/vpc/gap.ts';
import { finding } from '../../support/build-diagnosis.ts';
import { eni } from '../../support/ids.ts';

const missing = (name: string, because: Gap['because'] = 'not-collected'): Gap => ({
  fact: 'flow-log-records',
  about: eni(name),
  because,
});
const wanted = (row: RowId, ...gaps: readonly Gap[]) =>
  wantsRecordsOf({ findings: [finding({ row, verdict: 'undetermined', gaps })] });

it("wants the records of a host's other interfaces where the answer may have left by them, each once", () => {
  expect(wanted('T-39', missing('b'), missing('c'), missing('b'))).toEqual([eni('b'), eni('c')]);
});

it('wants three at most', () => {
  expect(wanted('T-39', ...['b', 'c', 'd', 'e'].map((name) => missing(name)))).toHaveLength(3);
});

it.each([
  ['were refused', wanted('T-39', missing('b', 'access-denied'))],
  ["are the client's, for a row that does not rest on them", wanted('T-35', missing('client'))],
  ['are of no interface', wanted('T-39', { fact: 'flow-log-records', because: 'not-collected' })],
])('wants none that %s', (_, none) => {
  expect(none).toEqual([]);
});
