import * as z from 'zod';
import type { AccountId } from '../vpc/ids.ts';

/** What an event tells of its call, in the form of the API. */
export interface EventBody {
  readonly request: Readonly<Record<string, unknown>>;
  readonly response: Readonly<Record<string, unknown>>;
  /** Whose trail it stands in. */
  readonly accountId: AccountId | undefined;
}

/** A list that is written as its only item where it has one, and left out where it has none. */
export function oneOrMany<Item extends z.ZodType>(item: Item): z.ZodType<readonly z.output<Item>[]> {
  return z.union([z.array(item), item.transform((only) => [only]), z.null().transform(() => [])]).default([]);
}
