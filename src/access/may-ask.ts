import type { AccountId } from '../vpc/ids.ts';
import type { Asker, Audience } from './asker.ts';
import type { AccessPolicy, AccessRule, Accounts } from './policy.ts';

/** What somebody wants: an answer, or something done about audits. */
export interface Wanted {
  readonly deed: 'question' | 'manage-audits';
  /** Named by the asker. Empty: whatever they may ask about. */
  readonly accounts: readonly AccountId[];
}

export type Permission = Allowed | Refused;

export interface Allowed {
  readonly kind: 'allowed';
  readonly accounts: Accounts;
  readonly audience: Audience;
}

export interface Refused {
  readonly kind: 'refused';
  readonly because: RefusalReason;
  readonly askInstead?: string;
}

export type RefusalReason =
  | 'outsider'
  | 'guest'
  | 'shared-channel'
  /** Of these three Slack told nothing in time: what might be forbidden is. */
  | 'unknown-asker'
  | 'unknown-channel'
  | 'unknown-groups'
  | 'no-rule'
  | 'not-for-audits'
  | 'other-account';

/** Whether this asker may have that here, about which accounts, and who reads it. What is not known counts as forbidden. */
export function mayAsk(policy: AccessPolicy, asker: Asker, wanted: Wanted): Permission {
  const because = refusalOf(policy, asker);
  if (because !== undefined) return refuse(policy, because);
  const rules = (policy.rules ?? [EVERYTHING]).filter((rule) => holdsFor(rule, asker));
  const fitting = wanted.deed === 'question' ? rules : rules.filter(({ manageAudits }) => manageAudits);
  if (fitting.length === 0) return refuse(policy, lackOf(rules, asker));
  const accounts = accountsOf(fitting);
  if (!isWithin(wanted.accounts, accounts)) return refuse(policy, 'other-account');
  return { kind: 'allowed', accounts, audience: audienceOf(policy, asker) };
}

/** Whether all of these are among those. */
function isWithin(some: Accounts, accounts: Accounts): boolean {
  if (accounts === 'all') return true;
  return some !== 'all' && some.every((each) => accounts.includes(each));
}

/** What holds where nobody wrote a rule. */
const EVERYTHING: AccessRule = { everybody: true, accounts: 'all', manageAudits: true };

function refuse({ askInstead }: AccessPolicy, because: RefusalReason): Refused {
  return { kind: 'refused', because, ...(askInstead !== undefined && { askInstead }) };
}

/** Before any rule: who they are and where they ask. */
function refusalOf(policy: AccessPolicy, asker: Asker): RefusalReason | undefined {
  const { standing } = asker;
  if (standing === 'outsider') return 'outsider';
  if (standing === 'unknown') return 'unknown-asker';
  if (standing === 'guest' && policy.guests === 'refuse') return 'guest';
  if (policy.sharedChannels !== 'refuse' || readersOf(policy, asker) === 'inside') return undefined;
  return asker.channel === 'unknown' ? 'unknown-channel' : 'shared-channel';
}

function audienceOf(policy: AccessPolicy, asker: Asker): Audience {
  return asker.standing === 'guest' ? 'shared' : readersOf(policy, asker);
}

/** Whether the policy treats this channel as our own whoever is in it: then nobody need ask Slack. */
export function isOpenChannel({ sharedChannels, openChannels }: AccessPolicy, channelId: string): boolean {
  return sharedChannels === 'allow' || openChannels.includes(channelId);
}

/** Who reads what is posted in a channel, whoever asked. One of which nothing is known may be shared. */
export function readersOf(
  policy: AccessPolicy,
  { channelId, channel }: Pick<Asker, 'channelId' | 'channel'>,
): Audience {
  return channel === 'own' || isOpenChannel(policy, channelId) ? 'inside' : 'shared';
}

function holdsFor(rule: AccessRule, { channelId, userId, userGroups }: Asker): boolean {
  return (
    rule.everybody === true ||
    (rule.channels ?? []).includes(channelId) ||
    (rule.users ?? []).includes(userId) ||
    (userGroups !== 'unknown' && (rule.userGroups ?? []).some((group) => userGroups.includes(group)))
  );
}

function accountsOf(rules: readonly AccessRule[]): Accounts {
  if (rules.some(({ accounts }) => accounts === 'all')) return 'all';
  return [...new Set(rules.flatMap(({ accounts }) => (accounts === 'all' ? [] : accounts)))];
}

function lackOf(rules: readonly AccessRule[], { userGroups }: Asker): RefusalReason {
  if (userGroups === 'unknown') return 'unknown-groups';
  return rules.length === 0 ? 'no-rule' : 'not-for-audits';
}

/** The groups whose members must be known to judge this asker: those of rules that do not hold anyway. */
export function groupsInQuestion(
  { rules = [EVERYTHING] }: AccessPolicy,
  who: Pick<Asker, 'channelId' | 'userId'>,
): readonly string[] {
  const asker: Asker = { ...who, teamId: '', standing: 'member', channel: 'own', userGroups: [] };
  return [...new Set(rules.filter((rule) => !holdsFor(rule, asker)).flatMap(({ userGroups = [] }) => userGroups))];
}
