import { interfaceOwner } from '../engine/interface-owner.ts';
import type { Snapshot } from '../vpc/snapshot.ts';
import { shortName } from './phrase.ts';

/** A text that only those inside may read, and as what it is told to others. */
export interface Secret {
  readonly text: string;
  readonly as: SecretKind;
}

export type SecretKind = 'account' | 'address' | 'block' | 'name' | 'role';

/**
 * Every text in these values that people or AWS wrote, as far as it is not one of our own words: names, tags,
 * descriptions, principals, log groups. A key nobody thought of counts as a secret.
 */
export function secretsIn(...values: readonly unknown[]): readonly Secret[] {
  const found = new Map<string, SecretKind>();
  const seen = new Set<object>();
  const visit = (value: unknown, key: string): void => {
    if (typeof value === 'string') for (const text of spellings(value)) note(found, text, key);
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    for (const [name, each] of membersOf(value, key)) visit(each, name);
  };
  for (const value of values) visit(value, '');
  return [...found].map(([text, as]) => ({ text, as }));
}

function note(found: Map<string, SecretKind>, text: string, key: string): void {
  if (OUR_WORDS.has(key) || isTooCommon(text)) return;
  if (!found.has(text)) found.set(text, KIND_OF_KEY.get(key) ?? 'name');
}

function membersOf(value: object, key: string): Iterable<readonly [string, unknown]> {
  if (value instanceof Map)
    return [...value].flatMap(
      ([name, each]) =>
        [
          [key, name],
          [key, each],
        ] as const,
    );
  if (value instanceof Set || Array.isArray(value)) return [...value].map((each: unknown) => [key, each] as const);
  return Object.entries(value);
}

/** The same of a whole network: services name their interfaces in a description of which only a part is told. */
export function secretsOfNetwork(snapshot: Snapshot, ...more: readonly unknown[]): readonly Secret[] {
  const owners = [...snapshot.interfaces.values()].map((each) => interfaceOwner(each, snapshot).name);
  return secretsIn(snapshot, owners, ...more);
}

/** As it is, as sentences shorten it, and what an ARN or a path is made of. */
function spellings(text: string): readonly string[] {
  const short = shortName(text).replace(/…$/, '');
  const pieces = text.includes('/') || text.startsWith('arn:') ? text.split(/[:/]/) : [];
  return [text.trim(), short, ...pieces.filter((piece) => piece.length > LONGEST_TYPE || /\d/.test(piece))];
}

/** `app`, `net` and `role` in ARNs tell nothing of anybody. */
const LONGEST_TYPE = 4;

/** One letter, or a small number such as a port, tells nothing and would be found everywhere. */
function isTooCommon(text: string): boolean {
  return text.length < 2 || /^\d{1,5}$/.test(text);
}

const KIND_OF_KEY: ReadonlyMap<string, SecretKind> = new Map([
  ['accountId', 'account'],
  ['ownerId', 'account'],
  ['by', 'role'],
]);

/** Members that hold words of ours or of AWS's documentation, the same for everybody. */
const OUR_WORDS: ReadonlySet<string> = new Set([
  'acceptedAre',
  'after',
  'action',
  'availabilityZone',
  'because',
  'before',
  'blindSpots',
  'code',
  'collected',
  'confidence',
  'direction',
  'effect',
  'end',
  'event',
  'expected',
  'fact',
  'families',
  'facts',
  'failedOn',
  'family',
  'format',
  'interfaceType',
  'kind',
  'leg',
  'managedBy',
  'missingFields',
  'mode',
  'newBlindSpots',
  'networkAcl',
  'origin',
  'peeringStatus',
  'place',
  'protocol',
  'reason',
  'region',
  'rejectReasons',
  'row',
  'securityGroups',
  'service',
  'serviceName',
  'serviceSide',
  'severity',
  'side',
  'source',
  'state',
  'status',
  /** Of a remembered finding: a sentence. What it names is named beside it. */
  'title',
  'trafficType',
  'type',
  'value',
  'verb',
  'verdict',
  'what',
]);
