import { BOT_TOKEN, SIGNING_SECRET, type LocalSlack } from '../../demo/slack/start-slack.ts';
import type { Document } from '../../src/explain/document.ts';
import { createLog } from '../../src/log.ts';
import { createSlackApp, type SlackDesk } from '../../src/slack/create-app.ts';
import type { AskedQuestion, Asking } from '../../src/slack/entry-desk.ts';
import { slackLogger } from '../../src/slack/slack-logger.ts';
import type { SlackTransport } from '../../src/slack/slack-settings.ts';

/** The Slack side of the bot alone, before a desk that notes what comes over it. */
export interface SlackEntry {
  /** Where it listens, over HTTP. */
  readonly url: string;
  readonly taken: readonly AskedQuestion[];
  readonly told: readonly { readonly asking: Asking; readonly key: string; readonly document: Document }[];
  readonly reports: readonly (readonly [message: string, error: unknown])[];
  readonly stop: () => Promise<void>;
}

export interface SlackEntryOptions {
  readonly slack: LocalSlack;
  /** HTTP if not given. */
  readonly transport?: SlackTransport;
  /** In place of the noting one. */
  readonly desk?: Partial<SlackDesk>;
}

const HTTP: SlackTransport = { kind: 'http', signingSecret: SIGNING_SECRET, host: '127.0.0.1', port: 0 };

export async function startSlackEntry({ slack, transport = HTTP, desk = {} }: SlackEntryOptions): Promise<SlackEntry> {
  const taken: AskedQuestion[] = [];
  const told: SlackEntry['told'][number][] = [];
  const reports: SlackEntry['reports'][number][] = [];
  const handled = new Set<string>();
  const logger = slackLogger(createLog('silent'));
  const app = createSlackApp(
    { botToken: BOT_TOKEN, command: '/vpc', apiUrl: slack.apiUrl, transport, logger },
    {
      admit: async () => ({ kind: 'allowed', accounts: 'all', audience: 'inside' }),
      take: async (question) => {
        taken.push(question);
        return { kind: 'added' };
      },
      tell: async (asking, key, document) => {
        told.push({ asking, key, document });
      },
      once: async (eventId, work) => {
        if (handled.has(eventId)) return;
        await work();
        handled.add(eventId);
      },
      press: async () => ({ summary: 'pressed', blocks: [] }),
      homeOf: async () => ({
        recent: [],
        watches: [],
        health: { scope: { accounts: 0, regions: [] } },
      }),
      manageAudits: async ({ kind }) => ({
        summary: `audits: ${kind}`,
        blocks: [{ kind: 'paragraph', spans: [{ kind: 'words', text: `audits: ${kind}` }] }],
      }),
      now: () => Math.floor(Date.now() / 1000),
      report: (message, error) => reports.push([message, error]),
      ...desk,
    },
  );
  const { url = '' } = await app.start();
  return { url, taken, told, reports, stop: () => app.stop() };
}
