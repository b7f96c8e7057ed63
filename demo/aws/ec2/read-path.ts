import { isRecord } from '../record.ts';

/** All values at a path, lists opened on the way: `['Groups', 'GroupId']` gives every group's id. */
export function readPath(value: unknown, path: readonly string[]): readonly unknown[] {
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown) => readPath(item, path));
  }
  const [first, ...rest] = path;
  if (first === undefined) {
    return value === undefined || value === null ? [] : [value];
  }
  return isRecord(value) ? readPath(value[first], rest) : [];
}
