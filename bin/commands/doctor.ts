import { createCollector } from '../../src/aws/create-collector.ts';
import type { Configuration } from '../../src/config/configuration.ts';
import { ConfigurationError } from '../../src/config/configuration-error.ts';
import {
  awsSettings,
  queueSettings,
  readConfiguration,
  slackSettings,
  type Environment,
} from '../../src/config/read-settings.ts';
import { ExpectedError } from '../../src/failure/expected-error.ts';
import { createLog } from '../../src/log.ts';
import { checkSlack } from '../../src/slack/check-slack.ts';
import { slackLogger } from '../../src/slack/slack-logger.ts';
import { awsRemarks, failureRemark, slackRemark, type Remark } from '../doctor-remarks.ts';
import { EXIT } from '../exit-codes.ts';
import { openHomes } from '../open-homes.ts';
import type { Terminal } from '../terminal.ts';

/** `vpc-why doctor`: tries what the bot will need, changes nothing, and says how to mend what is wrong. */
export async function runDoctor(_words: readonly string[], terminal: Terminal): Promise<number> {
  const configuration = readConfiguration(terminal.environment);
  terminal.out('Configuration\n  ✓ read\n');
  const checks: readonly [string, Promise<readonly Remark[]>][] = [
    ['Slack', remarksOf(() => examineSlack(configuration, terminal.environment))],
    ['AWS', remarksOf(() => examineAws(configuration))],
    ['Queue', remarksOf(() => examineQueue(configuration, terminal.environment))],
  ];
  let healthy = true;
  for (const [title, examining] of checks) {
    const remarks = await examining;
    healthy &&= remarks.every(({ state }) => state !== 'broken');
    terminal.out(`${title}\n${remarks.map(printRemark).join('\n')}\n`);
  }
  terminal.out(healthy ? '\nEverything that is needed works.\n' : '\nSomething needs mending: see the lines with ✗.\n');
  return healthy ? EXIT.answered : EXIT.awsSaidNo;
}

const SIGN: Readonly<Record<Remark['state'], string>> = { fine: '✓', lesser: '!', broken: '✗' };

function printRemark({ state, what, mend }: Remark): string {
  return mend === undefined ? `  ${SIGN[state]} ${what}` : `  ${SIGN[state]} ${what}\n      → ${mend}`;
}

/** What stops an examination is a remark of it, not the end of the others. */
async function remarksOf(examine: () => Promise<readonly Remark[]>): Promise<readonly Remark[]> {
  try {
    return await examine();
  } catch (error) {
    if (error instanceof ConfigurationError) {
      return error.problems.map(({ where, expected }) => ({
        state: 'broken',
        what: `${where} is missing or wrong`,
        mend: `expected ${expected}`,
      }));
    }
    if (error instanceof ExpectedError) return [failureRemark(error.failure)];
    throw error;
  }
}

async function examineSlack(configuration: Configuration, environment: Environment): Promise<readonly Remark[]> {
  const settings = { ...slackSettings(configuration, environment), logger: slackLogger(createLog('silent')) };
  return (await checkSlack(settings)).map(slackRemark);
}

async function examineAws(configuration: Configuration): Promise<readonly Remark[]> {
  const collector = createCollector(awsSettings(configuration));
  try {
    return awsRemarks(await collector.checkAccess());
  } finally {
    collector.close();
  }
}

async function examineQueue(configuration: Configuration, environment: Environment): Promise<readonly Remark[]> {
  const settings = queueSettings(configuration, environment);
  const homes = await openHomes(settings, createLog('silent'));
  try {
    await homes.queue.ping();
    await homes.store.ping();
    const where = settings.kind === 'redis' ? 'Redis answers' : `the embedded queue in ${settings.dataDirectory} opens`;
    return [{ state: 'fine', what: where }];
  } finally {
    await homes.close();
  }
}
