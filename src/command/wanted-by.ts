import type { Wanted } from '../access/may-ask.ts';
import type { AccountId } from '../vpc/ids.ts';
import type { AuditDeed } from './audit-command.ts';
import type { Command } from './command.ts';

/** What a command wants, as the rules of access see it. Help is for everybody. */
export function wantedBy(command: Exclude<Command, { kind: 'help' }>): Wanted {
  if (command.kind === 'audit') return { deed: 'manage-audits', accounts: accountsOfDeed(command.deed) };
  const { accountId } = command.scope;
  return { deed: 'question', accounts: accountId === undefined ? [] : [accountId] };
}

function accountsOfDeed(deed: AuditDeed): readonly AccountId[] {
  return deed.kind === 'schedule' ? (deed.scope.accounts ?? []) : [];
}
