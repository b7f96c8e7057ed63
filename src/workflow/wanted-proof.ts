import type { Diagnosis } from '../engine/diagnosis.ts';
import type { TimeWindow } from '../lang/time.ts';
import type { ProofRequest } from './sources.ts';

/** What the proof of the fixes needs besides; `undefined` where none is offered. */
export function wantedProof(diagnosis: Diagnosis, askedBy: string): ProofRequest | undefined {
  const changes = diagnosis.findings.flatMap(({ fix }) => fix?.changes ?? []);
  if (changes.length === 0) return undefined;
  const { target, window, coverage } = diagnosis;
  const { accountId, region } = target;
  const groupIds = changes.flatMap((change) => (change.kind === 'add-security-group-rule' ? [change.groupId] : []));
  return {
    scope: { accountId, region },
    askedBy,
    accountId,
    interface: target.interface,
    vpcId: target.interface.vpcId,
    groupIds: [...new Set(groupIds)],
    wholeVpc: changes.some(({ kind }) => kind === 'add-network-acl-entry'),
    ...(isShort(window) && { window: { start: window.end - A_DAY, end: window.end } }),
    flowLogs: coverage.logs.flatMap(({ log, reading }) => (reading.kind === 'read' ? [log] : [])),
  };
}

const A_DAY = 86_400;

function isShort({ start, end }: TimeWindow): boolean {
  return end - start < A_DAY;
}
