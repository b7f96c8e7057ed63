import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';
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

it('asks for the scopes that the code uses, and for no more', () => {
  expect(manifest.oauth_config.scopes.bot.toSorted()).toEqual([
    'channels:history',
    'chat:write',
    'chat:write.public',
    'commands',
    'groups:history',
    'im:history',
    'im:write',
  ]);
});
