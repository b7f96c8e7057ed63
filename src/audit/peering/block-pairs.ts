import { cidrsOverlap, type Cidr } from '../../net/cidr.ts';
import type { BlockPair } from './peering-fault.ts';

/** Every two blocks that share an address, secondary and IPv6 ones included (PEER-6). */
export function overlapsOf(a: readonly Cidr[], b: readonly Cidr[]): readonly BlockPair[] {
  return a.flatMap((one) => b.filter((other) => cidrsOverlap(one, other)).map((other): BlockPair => [one, other]));
}

export function overlapsAny(block: Cidr, others: readonly Cidr[]): boolean {
  return others.some((other) => cidrsOverlap(block, other));
}
