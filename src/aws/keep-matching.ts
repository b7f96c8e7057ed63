/** Filters by AWS's names: all must hold, each by any of its values. */
export type Narrowing = Readonly<Record<string, readonly string[]>>;

/**
 * Filters once more what came back, because some servers ignore filters they do not know. An item that lacks the field,
 * or a filter that is not in the table, passes: only what clearly differs is dropped.
 */
export function keepMatching(items: readonly unknown[], narrow: Narrowing): unknown[] {
  const checks = Object.entries(narrow).flatMap(([filter, values]) => {
    const path = FIELD_OF.get(filter);
    return path === undefined ? [] : [{ path, values }];
  });
  return items.filter((item) => checks.every(({ path, values }) => passes(item, path, values)));
}

const FIELD_OF: ReadonlyMap<string, readonly string[]> = new Map([
  ['attachment.instance-id', ['Attachment', 'InstanceId']],
  ['group-id', ['GroupId']],
  ['network-interface-id', ['NetworkInterfaceId']],
  ['prefix-list-id', ['PrefixListId']],
  ['requester-managed', ['RequesterManaged']],
  ['resource-id', ['ResourceId']],
  ['vpc-id', ['VpcId']],
]);

function passes(item: unknown, path: readonly string[], values: readonly string[]): boolean {
  const value = path.reduce(fieldOf, item);
  return !isTold(value) || values.includes(`${value}`);
}

function isTold(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function fieldOf(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, field) : undefined;
}
