import { assertNever } from '../lang/exhaustive.ts';
import { formatAddress } from '../net/address.ts';
import type { Target } from './command.ts';

/** The target as it would be typed. */
export function formatTarget(target: Target): string {
  switch (target.kind) {
    case 'network-interface':
    case 'instance':
      return target.id;
    case 'address':
      return formatAddress(target.address);
    default:
      return assertNever(target);
  }
}
