import type * as z from 'zod';
import type { Gap, GapFact } from '../gap.ts';
import type { RawSnapshot } from '../raw-snapshot.ts';

/** What was read of one kind of resource, and what was there but could not be understood. */
export interface Parsed<Item> {
  readonly items: readonly Item[];
  readonly gaps: readonly Gap[];
}

export interface ItemKind<Item> {
  /** Member of the AWS response: `NetworkAcls`. */
  readonly member: string;
  /** The item's own id in it, by which a gap names a malformed one. */
  readonly idField: string;
  readonly fact: GapFact;
  readonly schema: z.ZodType<Item>;
}

/** Every item of a member that its schema takes; each of the others becomes a gap and hides nothing but itself. */
export function parseItems<Item>(raw: RawSnapshot, kind: ItemKind<Item>): Parsed<Item> {
  return parseEach(membersOf(raw, kind.member), kind, raw);
}

/** The same for items that do not stand at the top of a response. */
export function parseEach<Item>(
  values: readonly unknown[],
  kind: Omit<ItemKind<Item>, 'member'>,
  raw: RawSnapshot,
): Parsed<Item> {
  const items: Item[] = [];
  const gaps: Gap[] = [];
  for (const value of values) {
    const result = kind.schema.safeParse(value);
    if (result.success) items.push(result.data);
    else gaps.push(malformed(kind.fact, idOf(value, kind.idField), raw));
  }
  return { items, gaps };
}

/** The items of one member; none when AWS was not asked for it. */
export function membersOf(raw: RawSnapshot, member: string): readonly unknown[] {
  const items = raw[member];
  return Array.isArray(items) ? items : [];
}

/** A gap of this account and region, which an ARN need not repeat. `about` comes from outside and is cut short. */
export function malformed(fact: GapFact, about: string | undefined, raw: RawSnapshot): Gap {
  const place = { because: 'malformed', accountId: raw.accountId, region: raw.region } as const;
  return about === undefined
    ? { fact, ...place }
    : { fact, about: about.replace(BEFORE_ARN_NAME, '').slice(0, LONGEST_ID), ...place };
}

const BEFORE_ARN_NAME = /^arn:[^/]{1,100}\//;

const LONGEST_ID = 64;

/** A text field of an item that nobody has checked yet. */
export function idOf(value: unknown, field: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const id: unknown = Object.getOwnPropertyDescriptor(value, field)?.value;
  return typeof id === 'string' ? id : undefined;
}
