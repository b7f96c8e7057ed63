import { describe, expect, it } from 'vitest';
import { parseConfiguration } from '../../../src/config/parse-configuration.ts';
import { queueSettings, readConfiguration, slackSettings } from '../../../src/config/read-settings.ts';

const DEFAULTS = parseConfiguration('', 'vpc-why.yaml');
const TOKENS = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'secret' };

describe('Slack', () => {
  it('is reached over HTTP unless there is an app token', () => {
    expect(slackSettings(DEFAULTS, TOKENS).transport).toEqual({
      kind: 'http',
      signingSecret: 'secret',
      host: '0.0.0.0',
      port: 3000,
    });
    expect(slackSettings(DEFAULTS, { ...TOKENS, SLACK_APP_TOKEN: 'xapp-1' }).transport).toEqual({
      kind: 'socket-mode',
      appToken: 'xapp-1',
    });
  });

  it('is reached as the file says, whatever tokens there are', () => {
    const http = parseConfiguration('slack: {transport: http}', 'vpc-why.yaml');
    expect(slackSettings(http, { ...TOKENS, SLACK_APP_TOKEN: 'xapp-1' }).transport.kind).toBe('http');
  });

  it.each([
    ['SLACK_BOT_TOKEN', { SLACK_SIGNING_SECRET: 'secret' }, ''],
    ['SLACK_BOT_TOKEN', { ...TOKENS, SLACK_BOT_TOKEN: ' ' }, ''],
    ['SLACK_SIGNING_SECRET', { SLACK_BOT_TOKEN: 'xoxb-1' }, ''],
    ['SLACK_APP_TOKEN', TOKENS, 'slack: {transport: socket-mode}'],
  ])('without %s is a mistake that names the variable', (name, environment, file) => {
    expect(() => slackSettings(parseConfiguration(file, 'vpc-why.yaml'), environment)).toThrow(name);
  });

  it('never tells a secret in a mistake', () => {
    expect(() => slackSettings(DEFAULTS, { SLACK_BOT_TOKEN: 'xoxb-very-secret' })).toThrow(/^(?!.*very-secret)/);
  });
});

describe('the queue', () => {
  it('is embedded without REDIS_URL', () => {
    expect(queueSettings(DEFAULTS, {})).toEqual({ kind: 'embedded', dataDirectory: '.vpc-why', concurrency: 3 });
  });

  it('is Redis with it', () => {
    expect(queueSettings(DEFAULTS, { REDIS_URL: 'redis://127.0.0.1:6379' })).toMatchObject({
      kind: 'redis',
      url: 'redis://127.0.0.1:6379',
    });
  });

  it('does not guess at another URL', () => {
    expect(() => queueSettings(DEFAULTS, { REDIS_URL: 'http://127.0.0.1' })).toThrow(
      'REDIS_URL: a URL such as redis://',
    );
  });
});

describe('the file', () => {
  it('may be missing when nobody named it', () => {
    expect(readConfiguration({}).slack.command).toBe('/vpc');
  });

  it('must be there when somebody did', () => {
    expect(() => readConfiguration({ VPC_WHY_CONFIG: 'no/such/file.yaml' })).toThrow(
      'no/such/file.yaml: a readable file (ENOENT)',
    );
  });
});
