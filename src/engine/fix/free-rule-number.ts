import type { Direction } from '../../net/direction.ts';
import { IMPLICIT_DENY, type NetworkAcl } from '../../vpc/network-acl.ts';

const STEP = 10;
const FIRST = 100;

/**
 * A number for a new entry that is read before the one that denies, and after everything that is read before it today.
 * Before the final deny there is room: the next round number after the last entry.
 * NACL-1, NACL-2. https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html
 */
export function freeRuleNumber(acl: NetworkAcl, direction: Direction, before: number): number | undefined {
  const taken = acl.entries.filter((entry) => entry.direction === direction && entry.ruleNumber < IMPLICIT_DENY);
  const numbers = new Set(taken.map(({ ruleNumber }) => ruleNumber));
  const round = Math.max(FIRST, Math.floor(Math.max(0, ...numbers) / STEP) * STEP + STEP);
  if (before === IMPLICIT_DENY && round < IMPLICIT_DENY) return round;
  for (let number = before - 1; number >= 1; number -= 1) {
    if (!numbers.has(number)) return number;
  }
  return undefined;
}
