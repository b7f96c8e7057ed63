import { afterAll, beforeAll, expect, it, vi } from 'vitest';

import { demoAccount } from '../../../demo/account/demo-account.ts';
import { startAws } from '../../../demo/aws/start-aws.ts';
import type { StandInAws } from '../../../demo/aws/start-aws.ts';
import { createCollector } from '../../../src/aws/create-collector.ts';
import type { Collector } from '../../../src/aws/create-collector.ts';
import { parseCommand } from '../../../src/command/parse-command.ts';
import { awsSettings, readConfiguration } from '../../../src/config/read-settings.ts';
import { answerWhyRejected } from '../../../src/workflow/why-rejected.ts';

const NOW = new Date();
const demo = demoAccount(NOW);
const nowInSeconds = () => Math.floor(NOW.getTime() / 1000);
let aws: StandInAws;
let collector: Collector;

beforeAll(async () => {
  aws = await startAws({ accounts: demo.accounts });
  for (const [name, value] of Object.entries(aws.environment)) vi.stubEnv(name, value);
  collector = createCollector(awsSettings(readConfiguration(process.env)));
});
afterAll(async () => {
  collector.close();
  vi.unstubAllEnvs();
  await aws.close();
});

it.each([
  ['The new checkout worker times out at the ledger', 'closed', 'RevokeSecurityGroupIngress'],
  ['Invoices failed an hour ago and work now. What was it?', 'opened', 'AuthorizeSecurityGroupIngress'],
])('tells who changed it: "%s"', async (title, effect, event) => {
  const { command } = demo.questions.find((question) => question.title === title)!;
  const asked = parseCommand(command, nowInSeconds());
  if (asked.kind !== 'why-rejected') throw new Error('the demo asks something else');

  const { diagnosis } = await answerWhyRejected({ command: asked, askedBy: 'dana', now: nowInSeconds }, collector, {
    signal: new AbortController().signal,
    onStep: () => undefined,
  });

  expect(diagnosis.findings[0]).toMatchObject({ confidence: 'certain' });
  expect(diagnosis.findings[0]!.reasons).toContainEqual(
    expect.objectContaining({ kind: 'changed', effect, change: expect.objectContaining({ event }) }),
  );
});

it.each(demo.questions)('answers "$title" by row $expectRow', async ({ command, interfaceId, expectRow }) => {
  const asked = parseCommand(command, nowInSeconds());
  if (asked.kind !== 'why-rejected') throw new Error('the demo asks something else');

  const { diagnosis } = await answerWhyRejected({ command: asked, askedBy: 'dana', now: nowInSeconds }, collector, {
    signal: new AbortController().signal,
    onStep: () => undefined,
  });

  expect(diagnosis.target.id).toBe(interfaceId);
  expect(diagnosis.findings[0]?.row).toBe(expectRow);
});
