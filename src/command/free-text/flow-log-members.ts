import { FLOW_FIELDS } from '../../flowlog/format.ts';
import { parseProtocol } from '../../net/protocol.ts';
import { recordOf, type ReadLine } from './flow-log-lines.ts';

/** Flow records that are written as JSON or as `key=value`, as consoles and log shippers do. */
export function readFlowLogMembers(text: string): readonly ReadLine[] {
  return groupsIn(text).flatMap((group) => {
    const withDefaults = new Map([...DEFAULTS, ...group]);
    const format = { fields: [...withDefaults.keys()] };
    return group.has('interface-id') && group.has('srcaddr')
      ? (recordOf([...withDefaults.values()], format) ?? [])
      : [];
  });
}

/** What a record cannot be read without, and people leave out. */
const DEFAULTS: readonly (readonly [string, string])[] = [['log-status', 'OK']];

/** A key that comes again begins the next record. */
function groupsIn(text: string): readonly ReadonlyMap<string, string>[] {
  const groups: Map<string, string>[] = [new Map()];
  for (const [, key = '', value = ''] of text.matchAll(MEMBER)) {
    const field = FIELD_OF.get(key.toLowerCase().replace(/[^a-z]/g, ''));
    if (field === undefined) continue;
    if (groups.at(-1)?.has(field)) groups.push(new Map());
    groups.at(-1)?.set(field, field === 'protocol' ? String(parseProtocol(value) ?? value) : value);
  }
  return groups;
}

const MEMBER = /\b([a-z][a-z_.-]{2,24})["']?\s{0,2}[:=]\s{0,2}["']?([^\s"',;{}()[\]]{1,64})/gi;

const FIELD_OF: ReadonlyMap<string, string> = new Map([
  ...FLOW_FIELDS.map(({ name }): [string, string] => [name.replace(/[^a-z]/g, ''), name]),
  ['eni', 'interface-id'],
  ['srcip', 'srcaddr'],
  ['sourceaddress', 'srcaddr'],
  ['dstip', 'dstaddr'],
  ['destinationaddress', 'dstaddr'],
  ['sourceport', 'srcport'],
  ['destinationport', 'dstport'],
]);
