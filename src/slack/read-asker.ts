import type { WebClient } from '@slack/web-api';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Approach } from '../access/admission.ts';
import type { Asker, ChannelReach, Standing } from '../access/asker.ts';
import type { EpochSeconds } from '../lang/time.ts';
import { createMemory } from './memory.ts';
import { LOOK_UP_WITHIN_MS } from './slack-limits.ts';
import { slackTrouble } from './to-failure.ts';

/** What the policy needs to know beyond the asker's standing: nothing else is asked for. */
interface AskerNeeds {
  readonly channel: boolean;
  readonly userGroups: readonly string[];
}

export interface AskerReader {
  /** What Slack tells of an asker within the time. Never throws: what it does not tell is `unknown`. */
  readonly readAsker: (approach: Approach, needs: AskerNeeds) => Promise<Asker>;
  readonly readReach: (channelId: string) => Promise<ChannelReach>;
}

interface Desk {
  readonly client: WebClient;
  readonly now: () => EpochSeconds;
  /** The fixed text comes first, the variable part is data. */
  readonly report: (message: string, error: unknown) => void;
}

/** Somebody who leaves a group or becomes a guest is believed for this long. */
const REMEMBERED = { entries: 2_000, seconds: 300 };

/** Reads who asks and who reads along, with as few calls as can be, side by side, and remembers it for some minutes. */
export function createAskerReader({ client, now, report }: Desk): AskerReader {
  const rules = { ...REMEMBERED, now };
  const own = createMemory(() => untilAnswered(() => readOwn(client)), rules);
  const standing = createMemory((userId) => untilAnswered(() => readStanding(client, userId, own(''))), rules);
  const reach = createMemory((channelId) => untilAnswered(() => readReach(client, channelId)), rules);
  const members = createMemory((group) => untilAnswered(() => readMembers(client, group)), rules);
  const inTime = async <Value>(asked: Promise<Value>): Promise<Value | 'unknown'> => {
    try {
      return await Promise.race([asked, sleep<'unknown'>(LOOK_UP_WITHIN_MS, 'unknown', { ref: false })]);
    } catch (error) {
      report('Slack does not tell who asks or who reads along', error);
      return 'unknown';
    }
  };
  const reachOf = async (channelId: string): Promise<ChannelReach> =>
    isDirectMessage(channelId) ? 'own' : inTime(reach(channelId).catch(reachOfClosed));
  return {
    readReach: reachOf,
    readAsker: async (approach, needs) => {
      const [who, channel, userGroups] = await Promise.all([
        inTime(standing(approach.userId)),
        needs.channel ? reachOf(approach.channelId) : OWN,
        inTime(groupsOf(approach.userId, needs.userGroups, members)),
      ]);
      return { ...approach, standing: who, channel, userGroups };
    },
  };
}

/** What Slack fails to answer is asked again at once: whoever asks must not be refused for one lost connection. */
async function untilAnswered<Value>(call: () => Promise<Value>, tries = MOST_TRIES): Promise<Value> {
  try {
    return await call();
  } catch (error) {
    if (tries <= 1 || slackTrouble(error)?.kind !== 'unanswered') throw error;
    return untilAnswered(call, tries - 1);
  }
}

const MOST_TRIES = 3;

/** We are in no direct message but our own, and post in no other: nobody else reads it. */
function isDirectMessage(channelId: string): boolean {
  return channelId.startsWith('D');
}

const OWN = Promise.resolve<ChannelReach>('own');

interface Own {
  readonly teamId: string;
  /** Installed for the whole organisation of an Enterprise Grid. */
  readonly organisationId?: string;
}

async function readOwn(client: WebClient): Promise<Own> {
  const { team_id: teamId = '', enterprise_id, is_enterprise_install } = await client.auth.test();
  const isForAll = is_enterprise_install === true && enterprise_id !== undefined;
  return { teamId, ...(isForAll && { organisationId: enterprise_id }) };
}

/** https://docs.slack.dev/reference/objects/user-object */
async function readStanding(client: WebClient, userId: string, reading: Promise<Own>): Promise<Standing> {
  const [{ user = {} }, own] = await Promise.all([client.users.info({ user: userId }), reading]);
  if (user.is_stranger === true || !isOfOurs(user, own)) return 'outsider';
  return user.is_restricted === true || user.is_ultra_restricted === true ? 'guest' : 'member';
}

interface TeamsOf {
  readonly team_id?: string;
  /** Of an Enterprise Grid: the workspaces that somebody is in. */
  readonly enterprise_user?: { readonly enterprise_id?: string; readonly teams?: readonly string[] };
}

function isOfOurs({ team_id, enterprise_user = {} }: TeamsOf, { teamId, organisationId }: Own): boolean {
  const isOfOrganisation = organisationId !== undefined && enterprise_user.enterprise_id === organisationId;
  return team_id === teamId || (enterprise_user.teams ?? []).includes(teamId) || isOfOrganisation;
}

/**
 * `is_shared` is also true of channels between workspaces of one organisation: `is_ext_shared` is the one that counts
 * (https://docs.slack.dev/apis/slack-connect/). Whoever accepts an invitation that is on its way reads what was said before.
 */
async function readReach(client: WebClient, channelId: string): Promise<ChannelReach> {
  const { channel = {} } = await client.conversations.info({ channel: channelId });
  return channel.is_ext_shared === true || channel.is_pending_ext_shared === true ? 'shared' : 'own';
}

/**
 * A channel that is closed to us is read by nobody through us: its answer goes to the asker in a direct message. That is
 * not remembered: somebody may invite us the next moment.
 */
function reachOfClosed(error: unknown): ChannelReach {
  const trouble = slackTrouble(error);
  if (trouble?.kind === 'refused' && CLOSED.has(trouble.code)) return 'own';
  throw error;
}

const CLOSED = new Set(['channel_not_found', 'not_in_channel']);

async function readMembers(client: WebClient, usergroup: string): Promise<ReadonlySet<string>> {
  const { users = [] } = await client.usergroups.users.list({ usergroup });
  return new Set(users);
}

async function groupsOf(
  userId: string,
  groups: readonly string[],
  members: (group: string) => Promise<ReadonlySet<string>>,
): Promise<readonly string[]> {
  const found = await Promise.all(groups.map(async (group) => ((await members(group)).has(userId) ? [group] : [])));
  return found.flat();
}
