import * as z from 'zod';
import { DEFAULT_POLICY, type AccessPolicy } from '../access/policy.ts';
import { isNonEmpty } from '../lang/non-empty.ts';
import { parseAccountId } from '../vpc/ids.ts';
import { that } from './that.ts';

const channelId = z.string().regex(/^[CG][A-Z0-9]{2,20}$/, "expected a channel's id such as C0123456789, not its name");
const groupId = z.string().regex(/^S[A-Z0-9]{2,20}$/, "expected a user group's id such as S0123456789, not its handle");
const userId = z.string().regex(/^[UW][A-Z0-9]{2,20}$/, "expected a user's id such as U0123456789, not a name");
const accountIds = z.array(that(parseAccountId, '12 digits in quotes')).min(1).max(500);

/** Slack lists the members of some 20 groups a minute (tier 2): https://docs.slack.dev/reference/methods/usergroups.users.list */
const MOST_GROUPS = 20;

/** Who may ask about which accounts. A rule that names nobody is a slip, so it is refused. */
const Rule = z
  .strictObject({
    everybody: z.literal(true, 'expected true, or channels, userGroups and users').exactOptional(),
    channels: z.array(channelId).min(1).max(200).exactOptional(),
    userGroups: z.array(groupId).min(1).max(MOST_GROUPS).exactOptional(),
    users: z.array(userId).min(1).max(500).exactOptional(),
    accounts: z
      .union([z.literal('all'), accountIds], 'expected a list of 12-digit ids in quotes, or all')
      .default('all'),
    manageAudits: z.boolean('expected true or false').default(false),
  })
  .refine(
    ({ everybody, channels, userGroups, users }) =>
      [everybody, channels, userGroups, users].some((who) => who !== undefined),
    'expected at least one of channels, userGroups, users, or everybody: true',
  )
  .refine(({ accounts, manageAudits }) => !manageAudits || accounts === 'all', {
    path: ['manageAudits'],
    error: 'expected accounts: all beside it, because schedules and mutes hold for every account',
  });

const Rules = z
  .array(Rule)
  .max(200)
  .transform((rules, context) => {
    if (isNonEmpty(rules)) return rules;
    context.addIssue({ code: 'custom', message: 'expected at least one rule: without any nobody could ask' });
    return z.NEVER;
  })
  .refine(
    (rules) => new Set(rules.flatMap(({ userGroups = [] }) => userGroups)).size <= MOST_GROUPS,
    `expected at most ${MOST_GROUPS} user groups in all rules together`,
  );

export const ConfiguredAccess: z.ZodPrefault<z.ZodType<AccessPolicy>> = z
  .strictObject({
    rules: Rules.exactOptional(),
    /** Whom a refusal names: `#netsec`. */
    askInstead: z.string().trim().min(1).max(80, 'expected at most 80 characters').exactOptional(),
    sharedChannels: z.enum(['refuse', 'redact', 'allow']).default(DEFAULT_POLICY.sharedChannels),
    openChannels: z.array(channelId).max(200).default([]),
    guests: z.enum(['refuse', 'redact']).default(DEFAULT_POLICY.guests),
  })
  .prefault({});
