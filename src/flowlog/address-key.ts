import type { Address } from '../net/address.ts';

/** Equal for equal addresses only; cheaper than their text, for maps with very many of them. */
export function addressKey({ family, bits }: Address): string {
  return family === 'ipv4' ? String(Number(bits)) : `:${bits.toString(16)}`;
}
