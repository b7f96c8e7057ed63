import type { Reason } from '../finding.ts';
import type { FlowSituation } from './situation.ts';

/** Facts worth saying whatever the row: they make the reader see the same packet as we do. */
export function circumstances({ flags, rejected, remote, answers }: FlowSituation): readonly Reason[] {
  const reasons: Reason[] = [];
  if (flags === 'not-logged') reasons.push({ kind: 'flags-not-logged' });
  else if (rejected !== undefined && flags !== 'not-tcp') reasons.push({ kind: 'flags', values: rejected.flags });
  if (remote.sameSubnet && !answers.aclConsulted) reasons.push({ kind: 'same-subnet' });
  if (remote.effectivePublic) reasons.push({ kind: 'public-source' });
  if (answers.securityGroups.kind === 'not-applicable') reasons.push({ kind: 'no-security-groups' });
  return reasons;
}

/** The same connections were accepted earlier. */
export function acceptedBefore({ conversation: { idleSeconds } }: FlowSituation): Reason {
  return { kind: 'accepted-before', ...(idleSeconds !== undefined && { idleSeconds }) };
}
