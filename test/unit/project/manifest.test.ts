import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { GLOBAL_SHORTCUT, MESSAGE_SHORTCUT } from '../../../src/slack/shortcuts.ts';
import { parseConfiguration } from '../../../src/config/parse-configuration.ts';

/** The caps of https://github.com/slackapi/manifest-schema that touch us; strict, so that a misspelt key shows. */
const Manifest = z.strictObject({
  _metadata: z.strictObject({ major_version: z.literal(2), minor_version: z.literal(1) }),
  display_information: z.strictObject({
    name: z.string().max(35),
    description: z.string().max(140),
    background_color: z.string().regex(/^#[0-9a-f]{6}$/i),
    long_description: z.string().min(175).max(4_000),
  }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.boolean(),
      messages_tab_enabled: z.boolean(),
      messages_tab_read_only_enabled: z.boolean(),
    }),
    shortcuts: z
      .array(
        z.strictObject({
          name: z.string().max(24),
          type: z.enum(['message', 'global']),
          callback_id: z.string().max(255),
          description: z.string().max(150),
        }),
      )
      .max(10),
    bot_user: z.strictObject({ display_name: z.string().max(80), always_online: z.boolean() }),
    slash_commands: z
      .array(
        z.strictObject({
          command: z.string().regex(/^\/[a-z0-9_-]{1,31}$/),
          url: z.url(),
          description: z.string().max(2_000),
          usage_hint: z.string().max(1_000),
          should_escape: z.boolean(),
        }),
      )
      .max(50),
  }),
  oauth_config: z.strictObject({ scopes: z.strictObject({ bot: z.array(z.string()) }) }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({ request_url: z.url(), bot_events: z.array(z.string()).max(100) }),
    interactivity: z.strictObject({ is_enabled: z.boolean(), request_url: z.url() }),
    org_deploy_enabled: z.boolean(),
    socket_mode_enabled: z.boolean(),
    token_rotation_enabled: z.boolean(),
  }),
});

const manifest = Manifest.parse(JSON.parse(readFileSync('manifest.json', 'utf8')));

it('offers the command that the configuration listens for, with Slack’s escaping on', () => {
  expect(manifest.features.slash_commands).toHaveLength(1);
  expect(manifest.features.slash_commands[0]).toMatchObject({
    command: parseConfiguration('', '').slack.command,
    should_escape: true,
  });
});

it('offers the shortcuts that the code listens for', () => {
  expect(manifest.features.shortcuts.map(({ type, callback_id }) => [type, callback_id])).toEqual([
    ['message', MESSAGE_SHORTCUT],
    ['global', GLOBAL_SHORTCUT],
  ]);
});

it('asks for the events that the code answers: never for everything that is said in channels', () => {
  expect(manifest.settings.event_subscriptions.bot_events).toEqual(['app_home_opened', 'app_mention', 'message.im']);
  expect(manifest.features.app_home).toMatchObject({ home_tab_enabled: true, messages_tab_read_only_enabled: false });
});

it('asks for the scopes that the code uses, and for no more', () => {
  expect(manifest.oauth_config.scopes.bot.toSorted()).toEqual([
    'app_mentions:read',
    'channels:history',
    'channels:read',
    'chat:write',
    'chat:write.public',
    'commands',
    'files:write',
    'groups:history',
    'groups:read',
    'im:history',
    'im:write',
    'mpim:history',
    'mpim:read',
    'usergroups:read',
    'users:read',
  ]);
});
