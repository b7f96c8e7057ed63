import type { Scope } from './command.ts';
import { notUnderstood } from './not-understood.ts';
import { scopeOf, splitOptions } from './options.ts';

/** `--account` and `--region` where there is nothing else to say. */
export function readScope(tokens: readonly string[]): Scope {
  const { words, options } = splitOptions(tokens, ['account', 'region']);
  const [surplus] = words;
  if (surplus !== undefined) throw notUnderstood(surplus, 'only options such as --account and --region');
  return scopeOf(options);
}
