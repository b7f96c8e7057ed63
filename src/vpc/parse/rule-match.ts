import * as z from 'zod';
import { ICMP, ICMPV6, hasPorts, parseProtocol, type Protocol } from '../../net/protocol.ts';
import type { PortRange } from '../../net/port-range.ts';
import type { IcmpMatch } from '../security-group.ts';
import { textOf } from './fields.ts';

/** `tcp`, `6`, or `-1` for all (SG-8, NACL-10). */
export const protocolField: z.ZodType<Protocol | 'all', string> = textOf((text) =>
  text === '-1' ? 'all' : parseProtocol(text),
);

/** -1 and absent both stand for "any" (SG-15). */
const ANY = -1;

const anyOr = (max: number): z.ZodType<number> => z.number().int().min(ANY).max(max).default(ANY);

export const portField: z.ZodType<number> = anyOr(65535);
/** Types and codes are one byte each. */
export const icmpField: z.ZodType<number> = anyOr(255);

/** `undefined` is all ports; `'malformed'` where one end is missing or they stand the wrong way round. */
export function portsBetween(from: number, to: number): PortRange | undefined | 'malformed' {
  if (from === ANY && to === ANY) return undefined;
  return from === ANY || from > to ? 'malformed' : { from, to };
}

/** `undefined` is all types and codes (SG-11, NACL-13). */
export function icmpMatch(type: number, code: number): IcmpMatch | undefined {
  if (type === ANY) return undefined;
  return code === ANY ? { type } : { type, code };
}

/** Which of the numbers in a rule mean something: those of other protocols do not (SG-9, NACL-11). */
export function numbersMean(protocol: Protocol | 'all'): 'ports' | 'icmp' | 'nothing' {
  if (protocol === 'all') return 'nothing';
  if (hasPorts(protocol)) return 'ports';
  return protocol === ICMP || protocol === ICMPV6 ? 'icmp' : 'nothing';
}
