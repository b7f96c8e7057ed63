import { readFileSync } from 'node:fs';
import type { AwsSettings } from '../aws/aws-settings.ts';
import type { SlackSettings, SlackTransport } from '../slack/slack-settings.ts';
import { ConfigurationError } from './configuration-error.ts';
import type { Configuration } from './configuration.ts';
import { parseConfiguration } from './parse-configuration.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

const DEFAULT_FILE = 'vpc-why.yaml';

/** The configuration file: `VPC_WHY_CONFIG`, else `vpc-why.yaml` if there is one, else defaults throughout. */
export function readConfiguration(environment: Environment): Configuration {
  const named = environment['VPC_WHY_CONFIG'];
  const file = named ?? DEFAULT_FILE;
  try {
    return parseConfiguration(readFileSync(file, 'utf8'), file);
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    if (named === undefined && isMissing(error)) return parseConfiguration('', file);
    throw new ConfigurationError([{ where: file, key: '', expected: `a readable file (${codeOf(error)})` }]);
  }
}

function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT';
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unreadable';
}

/** An endpoint in place of AWS's is the SDK's own business: it reads `AWS_ENDPOINT_URL` itself. */
export function awsSettings({ aws: { largeLogs, ...aws }, prices }: Configuration): AwsSettings {
  return { ...aws, ...(largeLogs !== undefined && { largeLogs: { ...largeLogs, prices } }) };
}

/** Secrets come from the environment only. Throws `ConfigurationError` that names the missing variable. */
export function slackSettings({ slack }: Configuration, environment: Environment): Omit<SlackSettings, 'logger'> {
  const apiUrl = environment['SLACK_API_URL'];
  return {
    botToken: secret(environment, 'SLACK_BOT_TOKEN', 'the bot token of the Slack app (xoxb-…)'),
    command: slack.command,
    ...(apiUrl !== undefined && { apiUrl }),
    transport: transportOf(slack, environment),
  };
}

function transportOf(slack: Configuration['slack'], environment: Environment): SlackTransport {
  const kind = slack.transport ?? (environment['SLACK_APP_TOKEN'] === undefined ? 'http' : 'socket-mode');
  if (kind === 'socket-mode') {
    return {
      kind,
      appToken: secret(environment, 'SLACK_APP_TOKEN', 'an app-level token with connections:write (xapp-…)'),
    };
  }
  const signingSecret = secret(environment, 'SLACK_SIGNING_SECRET', 'the signing secret of the Slack app');
  return { kind, signingSecret, host: slack.host, port: slack.port };
}

function secret(environment: Environment, name: string, expected: string): string {
  const value = environment[name];
  if (value === undefined || value.trim() === '') throw new ConfigurationError([{ where: name, key: '', expected }]);
  return value;
}

/** Redis when there is a URL, else the embedded default in a directory of this machine. */
export type QueueSettings =
  | { readonly kind: 'redis'; readonly url: string; readonly concurrency: number }
  | { readonly kind: 'embedded'; readonly dataDirectory: string; readonly concurrency: number };

export function queueSettings({ queue }: Configuration, environment: Environment): QueueSettings {
  const url = environment['REDIS_URL'];
  const { concurrency, dataDirectory } = queue;
  if (url === undefined || url === '') return { kind: 'embedded', dataDirectory, concurrency };
  if (!/^rediss?:\/\//.test(url)) {
    throw new ConfigurationError([{ where: 'REDIS_URL', key: '', expected: 'a URL such as redis://127.0.0.1:6379' }]);
  }
  return { kind: 'redis', url, concurrency };
}
