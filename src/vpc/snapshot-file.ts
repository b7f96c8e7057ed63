import { ExpectedError } from '../failure/expected-error.ts';
import { isNonEmpty } from '../lang/non-empty.ts';
import type { RawSnapshot } from './raw-snapshot.ts';
import { findWrongMember } from './snapshot-shape.ts';

/** Larger than any account we have seen, smaller than what makes a process run out of memory. */
const LONGEST_FILE = 128 * 1024 * 1024;
const MOST_SCOPES = 100;

/**
 * A recorded network: one object per account and region, or an array of them. Only what tells scopes and resources
 * apart is checked here; the rest is read by `parseSnapshot`, which turns odd resources into gaps.
 */
export function parseSnapshotFile(text: string): readonly RawSnapshot[] {
  if (text.length > LONGEST_FILE) throw notUnderstood(text, `a snapshot file of at most ${LONGEST_FILE} characters`);
  const content = readJson(text);
  const raws: readonly unknown[] = Array.isArray(content) ? content : [content];
  if (raws.length > MOST_SCOPES) throw notUnderstood(text, `a snapshot of at most ${MOST_SCOPES} accounts and regions`);
  if (!isNonEmpty(raws)) throw notUnderstood(text, 'at least one account and region');
  if (raws.every(isRawSnapshot)) return raws;
  const { path, expected } = findWrongMember(content) ?? { path: '', expected: 'a recorded network' };
  throw notUnderstood(path === '' ? text : path, expected);
}

/** One object for one scope, an array for several. What could not be read again is not written. */
export function formatSnapshotFile(raws: readonly RawSnapshot[]): string {
  if (raws.length > MOST_SCOPES) throw tooMuch(`${raws.length} accounts and regions`, `at most ${MOST_SCOPES}`);
  const [only, ...more] = raws;
  const text = `${JSON.stringify(more.length === 0 && only !== undefined ? only : raws, undefined, 1)}\n`;
  if (text.length > LONGEST_FILE) throw tooMuch(`${text.length} characters`, `at most ${LONGEST_FILE}`);
  return text;
}

function tooMuch(input: string, most: string): ExpectedError {
  const expected = `${most} in one snapshot: narrow it with --account, --region or --vpc`;
  return new ExpectedError({ kind: 'not-understood', input, expected });
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw notUnderstood(text, 'a snapshot file in JSON', error);
  }
}

/** The value itself is handed on, not a copy: whatever else it holds is for `parseSnapshot` to judge. */
function isRawSnapshot(value: unknown): value is RawSnapshot {
  return findWrongMember(value) === undefined;
}

const LONGEST_QUOTE = 80;

function notUnderstood(text: string, expected: string, cause?: unknown): ExpectedError {
  const input = text.slice(0, LONGEST_QUOTE);
  return new ExpectedError({ kind: 'not-understood', input, expected }, { cause });
}
