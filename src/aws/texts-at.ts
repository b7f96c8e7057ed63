/** All texts at a path, lists opened on the way: `['Groups', 'GroupId']` gives every group's id. */
export function textsAt(value: unknown, path: readonly string[]): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown) => textsAt(item, path));
  const [first, ...rest] = path;
  if (first === undefined) return typeof value === 'string' ? [value] : [];
  return typeof value === 'object' && value !== null ? textsAt(Reflect.get(value, first), rest) : [];
}
