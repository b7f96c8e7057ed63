import type { Finding } from './finding.ts';

/** Where the record names another reason itself, groups and ACLs play no part (FLOW-35). */
export function namesReason({ reasons }: Finding): boolean {
  return reasons.some(({ kind }) => kind === 'reject-reason');
}
