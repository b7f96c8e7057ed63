import { WebClient } from '@slack/web-api';
import { clientOptions, createClient } from './create-client.ts';
import type { SlackSettings } from './slack-settings.ts';
import { slackTrouble } from './to-failure.ts';

/**
 * Scopes without which no answer can be posted, and those that make answers better. `manifest.json` asks for all. Who
 * cannot be told from a guest is refused, so that without `users:read` everybody is.
 */
const NEEDED = ['commands', 'chat:write', 'users:read'] as const;
const WANTED = new Map([
  ['app_mentions:read', 'answers to mentions, in the thread they stand in'],
  ['chat:write.public', 'answers in public channels the bot was not invited to'],
  ['channels:read', 'telling channels that are shared with others: without it every answer is cut as if they all were'],
  ['groups:read', 'the same in private channels'],
  ['mpim:read', 'the same in messages to several people'],
  ['usergroups:read', 'rules of access that name user groups'],
  ['files:write', 'pictures of answers'],
  [
    'channels:history',
    'reading the message above a mention, and finding a post whose confirmation was lost instead of posting twice',
  ],
  ['groups:history', 'the same in private channels'],
  ['im:history', 'the same in direct messages, and questions in them'],
  ['mpim:history', 'the same in messages to several people'],
  ['im:write', 'direct messages when a channel is closed to the bot'],
]);

export type SlackCheck =
  | { readonly kind: 'token'; readonly ok: true; readonly team: string; readonly user: string }
  | { readonly kind: 'token' | 'app-token'; readonly ok: false; readonly because: string }
  | { readonly kind: 'app-token'; readonly ok: true }
  | {
      readonly kind: 'scope';
      readonly ok: false;
      readonly scope: string;
      readonly needed: boolean;
      readonly for: string;
    };

/** Asks Slack who we are and what we may do. Changes nothing, posts nothing. */
export async function checkSlack(settings: SlackSettings): Promise<readonly SlackCheck[]> {
  const checks = await Promise.all([checkToken(settings), checkAppToken(settings)]);
  return checks.flat();
}

async function checkToken(settings: SlackSettings): Promise<readonly SlackCheck[]> {
  try {
    const who = await createClient(settings).auth.test();
    const granted = who.response_metadata?.scopes;
    return [
      { kind: 'token', ok: true, team: who.team ?? '', user: who.user ?? '' },
      ...(granted === undefined ? [] : missingScopes(granted)),
    ];
  } catch (error) {
    return [{ kind: 'token', ok: false, because: reasonOf(error) }];
  }
}

function missingScopes(granted: readonly string[]): SlackCheck[] {
  const must = NEEDED.map((scope) => ({ scope, needed: true, for: 'any answer at all' }));
  const may = [...WANTED].map(([scope, use]) => ({ scope, needed: false, for: use }));
  return [...must, ...may]
    .filter(({ scope }) => !granted.includes(scope))
    .map(({ scope, needed, for: use }) => ({ kind: 'scope', ok: false, scope, needed, for: use }));
}

async function checkAppToken(settings: SlackSettings): Promise<readonly SlackCheck[]> {
  const { transport } = settings;
  if (transport.kind !== 'socket-mode') return [];
  try {
    await new WebClient(transport.appToken, clientOptions(settings)).apps.connections.open();
    return [{ kind: 'app-token', ok: true }];
  } catch (error) {
    return [{ kind: 'app-token', ok: false, because: reasonOf(error) }];
  }
}

function reasonOf(error: unknown): string {
  const trouble = slackTrouble(error);
  if (trouble === undefined) throw error;
  return trouble.kind === 'refused' ? trouble.code : trouble.kind;
}
