import { parseAccountId, parseRegion } from '../vpc/ids.ts';
import type { Scope } from './command.ts';
import { notUnderstood } from './not-understood.ts';

/** What `--name value` said, each name at most once. */
export interface Options<Name extends string> {
  get(name: Name): string | undefined;
  has(name: Name): boolean;
}

/** Words and options apart; the options may stand anywhere. */
export function splitOptions<Name extends string>(
  tokens: readonly string[],
  names: readonly Name[],
): { readonly words: readonly string[]; readonly options: Options<Name> } {
  const words: string[] = [];
  const options = new Map<Name, string>();
  const left = [...tokens];
  for (let token = left.shift(); token !== undefined; token = left.shift()) {
    if (!token.startsWith('--')) {
      words.push(token);
      continue;
    }
    const [name = '', ...glued] = token.slice(2).split('=');
    const option = names.find((known) => known === name);
    if (option === undefined) throw notUnderstood(token, `one of ${names.map((known) => `--${known}`).join(', ')}`);
    const value = glued.length > 0 ? glued.join('=') : left.shift();
    if (value === undefined || value === '') throw notUnderstood(token, `a value behind --${option}`);
    if (options.has(option)) throw notUnderstood(token, `--${option} only once`);
    options.set(option, value);
  }
  return { words, options };
}

export interface Reader<Value> {
  readonly read: (text: string) => Value | undefined;
  readonly expected: string;
}

/** The option's value; `undefined` when it was not given. */
export function readOption<Name extends string, Value>(
  options: Options<Name>,
  name: Name,
  reader: Reader<Value>,
): Value | undefined {
  const text = options.get(name);
  if (text === undefined) return undefined;
  const value = reader.read(text);
  if (value === undefined) throw notUnderstood(`--${name} ${text}`, reader.expected);
  return value;
}

export const PORT: Reader<number> = { read: readPort, expected: 'a port from 0 to 65535' };

function readPort(text: string): number | undefined {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65535 ? Number(text) : undefined;
}

/** `--account` and `--region`: where to look. */
export function scopeOf(options: Options<'account' | 'region'>): Scope {
  const accountId = readOption(options, 'account', { read: parseAccountId, expected: 'a 12-digit account id' });
  const region = readOption(options, 'region', { read: parseRegion, expected: 'a region such as eu-west-1' });
  return { ...(accountId !== undefined && { accountId }), ...(region !== undefined && { region }) };
}
