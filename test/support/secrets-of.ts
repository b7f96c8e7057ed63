import { formatAddress, type Address } from '../../src/net/address.ts';
import { formatCidr, isAnywhere, type Cidr } from '../../src/net/cidr.ts';

/**
 * Every address, block, account id, name, tag, description and principal in a value, found without what the product
 * finds them by.
 */
export function secretsOf(value: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  const seen = new Set<object>();
  const visit = (each: unknown, key: string): void => {
    if (typeof each === 'string' && NAMED.test(key) && each.length > 1) found.add(each);
    if (typeof each !== 'object' || each === null || seen.has(each)) return;
    seen.add(each);
    if (isAddress(each) && each.bits !== 0n) found.add(formatAddress(each));
    if (isCidr(each) && !isAnywhere(each)) found.add(formatCidr(each));
    if (each instanceof Map) for (const inner of each.values()) visit(inner, key === 'tags' ? 'tag' : key);
    else for (const [name, inner] of Object.entries(each)) visit(inner, Array.isArray(each) ? key : name);
  };
  visit(value, '');
  return found;
}

const NAMED = /^(name|vpcName|subnetName|description|by|tag|accountId|ownerId|logGroup)$/;

const isAddress = (value: object): value is Address => 'family' in value && 'bits' in value;
const isCidr = (value: object): value is Cidr => 'family' in value && 'base' in value && 'prefixLength' in value;

/** Those of the secrets that stand in a text, as words of their own. */
export function leaksIn(text: string, secrets: Iterable<string>): readonly string[] {
  return [...secrets].filter((secret) => {
    for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1)) {
      const around = text.slice(at - 1, at) + text.slice(at + secret.length, at + secret.length + 1);
      if (!/[\p{L}\p{N}]/u.test(around)) return true;
    }
    return false;
  });
}

/** Every text in what is sent to Slack, as people read it. */
export function textsIn(value: unknown): string {
  if (typeof value === 'string') return value.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  if (typeof value !== 'object' || value === null) return '';
  return Object.values(value).map(textsIn).join('\n');
}
