/**
 * Items by id. One that several calls or accounts tell of is one item, since each may see what the others do not: the
 * owner of a transit gateway the associations, the owner of a VPC the attachment's subnets. The later word wins.
 */
export function mergeById<Item extends { readonly id: unknown }>(
  items: readonly Item[],
): ReadonlyMap<Item['id'], Item> {
  const merged = new Map<Item['id'], Item>();
  for (const item of items) merged.set(item.id, { ...merged.get(item.id), ...item });
  return merged;
}
