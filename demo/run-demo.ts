import { setTimeout as sleep } from 'node:timers/promises';
import { demoAccount, type DemoQuestion } from './account/demo-account.ts';
import { EXPORT_PATH } from './account/stories/orders-export.ts';
import { startAws, type StandInAws } from './aws/start-aws.ts';
import { mentionUnderAlert, type MentionScene } from './mention-under-alert.ts';
import { servePage } from './page/serve-page.ts';
import { printThread } from './print-thread.ts';
import { readChannel } from './slack/read-channel.ts';
import { sendSlashCommand, type Acknowledgement } from './slack/send-slash-command.ts';
import { BOT_TOKEN, SIGNING_SECRET, startSlack, type LocalSlack } from './slack/start-slack.ts';

/** What the demo needs of the executable: the real bot, told where to find its Slack and its AWS. */
export interface DemoBot {
  readonly url: string;
  /** What collecting the last answer cost. */
  readonly lastCost: () => { readonly calls: number; readonly rounds: number } | undefined;
  /** Whether a question is waiting or being answered. */
  readonly busy: () => Promise<boolean>;
  /** How many audits have been told. */
  readonly audited: () => number;
  stop(): Promise<void>;
}

export interface DemoParts {
  readonly startBot: (environment: Readonly<Record<string, string>>) => Promise<DemoBot>;
  readonly out: (text: string) => void;
  readonly width: number;
  /** Stay up and serve the page until told to end. */
  readonly keep: boolean;
  /** Ask every question of the demo account, not only the first. */
  readonly all: boolean;
  /** Draws the answer to a command and says where the picture is. */
  readonly draw?: (command: string) => Promise<string | undefined>;
  readonly signal: AbortSignal;
}

/** A usual round trip to an AWS API from the same region. */
const AWS_LATENCY_MS = 80;

interface Stage {
  readonly mend: () => void;
  readonly aws: StandInAws;
  readonly slack: LocalSlack;
  readonly bot: DemoBot;
  readonly questions: readonly DemoQuestion[];
}

/**
 * The whole bot on a laptop: a signed slash command goes to the real receiver, through the embedded queue, to AWS
 * endpoints on loopback that speak the wire protocols, and the answer is posted to a local Slack.
 */
export async function runDemo(parts: DemoParts): Promise<void> {
  const { accounts, questions, mend } = demoAccount(new Date());
  const [aws, slack] = await Promise.all([startAws({ accounts, latencyMs: AWS_LATENCY_MS }), startSlack()]);
  try {
    parts.out('Starting vpc-why with its embedded queue, a local Slack and a local AWS …\n');
    const bot = await parts.startBot({
      ...aws.environment,
      SLACK_BOT_TOKEN: BOT_TOKEN,
      SLACK_SIGNING_SECRET: SIGNING_SECRET,
      SLACK_API_URL: slack.apiUrl,
    });
    try {
      await perform({ aws, slack, bot, questions, mend }, parts);
    } finally {
      await bot.stop();
    }
  } finally {
    await Promise.all([aws.close(), slack.close()]);
  }
}

async function perform(stage: Stage, parts: DemoParts): Promise<void> {
  for (const question of parts.all ? stage.questions : stage.questions.slice(0, 1))
    await askAndPrint(stage, question, parts);
  await askAndPrint(stage, pathQuestion(), parts);
  await printMention(stage, parts);
  await auditTwice(stage, parts);
  parts.out(`\nMore to ask about:\n${stage.questions.map(suggest).join('\n')}\n`);
  if (parts.keep) await stayUp(stage, parts);
  else parts.out('\nTo try them: npm run demo -- --keep, or all of them at once: npm run demo -- --all\n');
}

/** Both ends of the story whose cause lies in another VPC. */
function pathQuestion(): Pick<DemoQuestion, 'title' | 'command'> {
  const { from, to } = EXPORT_PATH;
  return { title: 'Would the export get there, and its answer back?', command: `path ${from} ${to} tcp/9000` };
}

/** In an incident nobody types: the alert names both ends, and the answer comes below it. */
async function printMention(stage: Stage, { out, width }: DemoParts): Promise<void> {
  const { slack, bot } = stage;
  const started = performance.now();
  const { thread, names, answered }: MentionScene = await mentionUnderAlert({ slack, botUrl: bot.url, until });
  const title = 'In the incident channel, below an alert';
  out(`\n── ${title} ${'─'.repeat(Math.max(3, width - title.length - 4))}\n`);
  out(printThread(thread, { width, names }));
  const seconds = ((answered - started) / 1000).toFixed(2);
  out(`\n\nFrom mention to verdict: ${seconds} s, with ${AWS_LATENCY_MS} ms for each AWS call.\n`);
}

/** The whole account once, then again after one change: the second digest tells the change alone. */
async function auditTwice(stage: Stage, parts: DemoParts): Promise<void> {
  const { out, width } = parts;
  await printAudit(stage, 'What else is wrong, though nobody asked?', parts);
  stage.mend();
  out(`\n── Meanwhile the other team adds the missing route ${'─'.repeat(Math.max(3, width - 51))}\n`);
  await printAudit(stage, 'The same audit again tells what changed', parts);
}

async function printAudit(stage: Stage, title: string, { out, width }: DemoParts): Promise<void> {
  const { slack, bot } = stage;
  const before = bot.audited();
  const acknowledgement = await ask(stage, 'audit run');
  await until(async () => bot.audited() > before);
  const thread = (await readChannel(slack)).at(-1);
  out(`\n── ${title} ${'─'.repeat(Math.max(3, width - title.length - 4))}\n`);
  out(`dana  /vpc audit run\n`);
  out(`vpc-why (only dana sees this): ${acknowledgement.text}\n\n`);
  if (thread !== undefined) out(printThread(thread, { width, names: new Map([[slack.userId, 'dana']]) }));
  out('\n');
}

function suggest({ title, command }: DemoQuestion): string {
  return `  /vpc ${command.padEnd(40)} ${title}`;
}

async function askAndPrint(
  stage: Stage,
  { title, command }: Pick<DemoQuestion, 'title' | 'command'>,
  { out, width, draw }: DemoParts,
): Promise<void> {
  const { slack, aws, bot } = stage;
  const before = { aws: aws.calls.length, slack: slack.calls.length };
  const started = performance.now();
  const acknowledgement = await ask(stage, command);
  const acknowledged = performance.now();
  await untilAnswered(bot);
  const thread = (await readChannel(slack)).at(-1);
  const { first, last } = verdictTimes(slack.calls.slice(before.slack));
  out(`\n── ${title} ${'─'.repeat(Math.max(3, width - title.length - 4))}\n`);
  out(`dana  /vpc ${command}\n`);
  out(`vpc-why (only dana sees this, after ${Math.round(acknowledged - started)} ms): ${acknowledgement.text}\n\n`);
  if (thread !== undefined) out(printThread(thread, { width, names: new Map([[slack.userId, 'dana']]) }));
  const calls = `${aws.calls.length - before.aws} AWS calls in ${bot.lastCost()?.rounds ?? 0} sequential rounds`;
  out(
    `\n\nFrom command to verdict: ${inSeconds(first - started)} s; to the whole answer ${inSeconds(last - started)} s, with ${calls} of ${AWS_LATENCY_MS} ms each.\n`,
  );
  const picture = await draw?.(command);
  if (picture !== undefined) out(`The picture: ${picture}\n`);
}

function ask({ slack, bot }: Stage, text: string): Promise<Acknowledgement> {
  const { channelId, userId } = slack;
  return sendSlashCommand({ botUrl: bot.url, signingSecret: SIGNING_SECRET, text, channelId, userId });
}

const POLL_MS = 20;
const PATIENCE_MS = 60_000;

function untilAnswered(bot: DemoBot): Promise<void> {
  return until(async () => !(await bot.busy()));
}

async function until(done: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await done())) {
    if (performance.now() > deadline) throw new Error(`no answer within ${PATIENCE_MS / 1000} s`);
    await sleep(POLL_MS);
  }
}

/** When the channel's message first told a verdict, and when it got its last words: the replies come after it. */
function verdictTimes(calls: LocalSlack['calls']): { readonly first: number; readonly last: number } {
  const shown = calls.filter(({ method, body }) => SHOWS.has(method) && body['thread_ts'] === undefined);
  const last = shown.at(-1)?.at ?? Number.NaN;
  return { first: shown.find(({ body }) => VERDICT.test(String(body['text'])))?.at ?? last, last };
}

const VERDICT = /^(?:🔴|🟠|🟢|⚪|⚠️)/u;

function inSeconds(milliseconds: number): string {
  return (milliseconds / 1_000).toFixed(2);
}

const SHOWS = new Set(['chat.postMessage', 'chat.update']);

async function stayUp(stage: Stage, { out, signal }: DemoParts): Promise<void> {
  const page = await servePage({
    slack: stage.slack,
    suggestions: stage.questions,
    ask: (text) => ask(stage, text),
    busy: () => stage.bot.busy(),
  });
  out(`\nThe channel: ${page.url}   (Ctrl-C ends)\n`);
  try {
    await aborted(signal);
  } finally {
    await page.close();
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
