import * as z from 'zod';
import { parsePrefixListId } from '../ids.ts';
import type { RawSnapshot } from '../raw-snapshot.ts';
import type { PrefixList } from '../snapshot.ts';
import { cidrField, listOf, textOf } from './fields.ts';
import { parseItems, type Parsed } from './parse-items.ts';
import { present } from './present.ts';

/**
 * AWS's own lists come with their blocks from `DescribePrefixLists`; any list comes with its name from
 * `DescribeManagedPrefixLists` and with its blocks from `GetManagedPrefixListEntries` (SG-36). A list whose blocks
 * nobody told is left out.
 */
export function parsePrefixLists(raw: RawSnapshot): Parsed<PrefixList> {
  const kind = { idField: 'PrefixListId', fact: 'prefix-list' } as const;
  const inline = parseItems(raw, { ...kind, member: 'PrefixLists', schema: ServicePrefixList });
  const managed = parseItems(raw, { ...kind, member: 'ManagedPrefixLists', schema: NamedPrefixList });
  const entries = parseItems(raw, { ...kind, member: 'ManagedPrefixListEntries', schema: PrefixListEntries });
  const names = new Map([...inline.items, ...managed.items].map((list) => [list.id, list.name]));
  return {
    items: [
      ...inline.items,
      ...entries.items.map((list): PrefixList => present({ ...list, name: names.get(list.id) })),
    ],
    gaps: [...inline.gaps, ...managed.gaps, ...entries.gaps],
  };
}

const id = { PrefixListId: textOf(parsePrefixListId) };
const name = { PrefixListName: z.string().optional() };

const ServicePrefixList: z.ZodType<PrefixList> = z
  .object({ ...id, ...name, Cidrs: z.array(cidrField) })
  .transform((list) => present({ id: list.PrefixListId, name: list.PrefixListName, cidrs: list.Cidrs }));

const NamedPrefixList = z
  .object({ ...id, ...name })
  .transform((list) => present({ id: list.PrefixListId, name: list.PrefixListName }));

const PrefixListEntries = z
  .object({ ...id, Entries: listOf(z.object({ Cidr: cidrField })) })
  .transform((list) => ({ id: list.PrefixListId, cidrs: list.Entries.map((entry) => entry.Cidr) }));
