import { ExpectedError } from '../failure/expected-error.ts';
import type { Failure } from '../failure/failure.ts';
import type { RawRefusal } from '../vpc/raw-snapshot.ts';
import type { Asking } from './call-aws.ts';
import { CALLS, type CallName } from './calls.ts';
import { describe } from './describe.ts';
import { memberOf, type DescribeName } from './describes.ts';
import type { Narrowing } from './keep-matching.ts';
import type { Listing } from './read-pages.ts';
import { toRefusal } from './to-failure.ts';

/** What one call gave for the snapshot, or why it gave nothing. */
export interface Part {
  readonly member: string;
  /** Absent: refused, which is something else than an empty list. */
  readonly items?: readonly unknown[];
  readonly refusal?: RawRefusal;
  /** What the refusal was made from; absent where AWS had more than we were willing to read. */
  readonly failure?: Failure;
}

export interface Description {
  readonly call: DescribeName;
  readonly narrow?: Narrowing;
  /** The id the call is about, to name it in a refusal. */
  readonly about?: string;
}

export function readPart(asking: Asking, { call, narrow, about }: Description): Promise<Part> {
  return partOf({ member: memberOf(call), call, ...(about === undefined ? {} : { about }) }, () =>
    describe(asking, call, narrow),
  );
}

/** A refused call costs its part of the snapshot and nothing else. */
export async function partOf(
  { member, call, about }: { member: string; call: CallName; about?: string },
  read: () => Promise<Listing<unknown>>,
): Promise<Part> {
  try {
    const { items, complete } = await read();
    return complete ? { member, items } : { member, items, refusal: tooMany(call, about) };
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    const refusal = toRefusal(error.failure, call, about);
    if (refusal === undefined) throw error;
    return { member, refusal, failure: error.failure };
  }
}

/** What was not read because there was too much of it counts as not seen. */
function tooMany(call: CallName, about: string | undefined): RawRefusal {
  return { action: CALLS[call].action, because: 'unreachable', ...(about === undefined ? {} : { about }) };
}
