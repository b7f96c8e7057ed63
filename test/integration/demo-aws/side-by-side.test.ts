import { expect, it, onTestFinished, vi } from 'vitest';
import { demoAccount } from '../../../demo/account/demo-account.ts';
import { startAws } from '../../../demo/aws/start-aws.ts';
import { createCollector } from '../../../src/aws/create-collector.ts';
import { parseCommand } from '../../../src/command/parse-command.ts';
import { awsSettings, readConfiguration } from '../../../src/config/read-settings.ts';
import { answerWhyRejected } from '../../../src/workflow/why-rejected.ts';

const NOW = new Date();
const nowInSeconds = () => Math.floor(NOW.getTime() / 1000);
const { accounts, questions } = demoAccount(NOW);

/** A question of the demo, and the calls that AWS got for it. */
async function ask(row: string) {
  const aws = await startAws({ accounts, latencyMs: 20 });
  for (const [name, value] of Object.entries(aws.environment)) vi.stubEnv(name, value);
  const collector = createCollector(awsSettings(readConfiguration(process.env)));
  onTestFinished(async () => {
    collector.close();
    vi.unstubAllEnvs();
    await aws.close();
  });
  const { command } = questions.find(({ expectRow }) => expectRow === row)!;
  const asked = parseCommand(command, nowInSeconds());
  if (asked.kind !== 'why-rejected') throw new Error('the demo asks something else');
  const options = { signal: new AbortController().signal, onStep: () => undefined };
  const answer = await answerWhyRejected({ command: asked, askedBy: 'dana', now: nowInSeconds }, collector, options);
  const of = (operation: string) => aws.calls.filter((call) => call.operation === operation);
  return { ...answer, calls: aws.calls, of };
}

it('the proof of a fix is read while CloudTrail is asked', async () => {
  const { of, diagnosis } = await ask('T-2');
  const [ofQuestion, ofProof, ...others] = of('DescribeSecurityGroups');

  expect(others).toEqual([]);
  expect(of('LookupEvents').length).toBeGreaterThan(1);
  expect(ofProof!.at).toBeGreaterThan(ofQuestion!.at);
  expect(ofProof!.at).toBeLessThan(of('LookupEvents').at(-1)!.at);
  expect(diagnosis.findings[0]!.fix!.radius.recorded).toMatchObject({ of: 'day' });
});

it('what goes on side by side counts as one, and every call is counted', async () => {
  const { calls, cost } = await ask('T-2');

  expect(cost).toMatchObject({ calls: calls.length, rounds: 4 });
});
