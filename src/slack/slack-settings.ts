import type { Logger } from '@slack/bolt';

/** What the Slack edge must be told. Tokens stay in memory: never in logs, errors or job data. */
export interface SlackSettings {
  readonly botToken: string;
  /** `/vpc` unless another app has it: commands are not namespaced. */
  readonly command: string;
  /** Slack's own unless a local Slack stands in for it. */
  readonly apiUrl?: string;
  readonly transport: SlackTransport;
  /** Where Slack's own libraries write. */
  readonly logger: Logger;
  /** Told of every call that we make and how it ended: `ok`, or what went wrong. */
  readonly observe?: (call: { readonly method: string; readonly outcome: string }) => void;
}

export type SlackTransport =
  | { readonly kind: 'http'; readonly signingSecret: string; readonly host: string; readonly port: number }
  | { readonly kind: 'socket-mode'; readonly appToken: string };
