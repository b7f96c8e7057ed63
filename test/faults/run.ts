import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoAccount } from '../../demo/account/demo-account.ts';
import { startAws, type StandInAws } from '../../demo/aws/start-aws.ts';
import { haveRedis } from '../support/redis.ts';
import { askSteadily } from './ask.ts';
import { judge, type Judgement } from './judge.ts';
import type { Row } from './row.ts';
import { ROWS } from './rows.ts';
import { canMount } from './small-disk.ts';
import { AWS_LATENCY_MS, openWorld } from './world.ts';

/**
 * `npm run test:faults`: the whole bot in processes of its own, questions at a steady rate, and one kind of trouble a
 * row. Nothing may be lost and nothing may stand there twice. `FAULTS=redis-killed,clocks` runs some rows,
 * `FAULTS_QUESTIONS=40` asks fewer questions than 200.
 */
const QUESTIONS = Number(process.env['FAULTS_QUESTIONS'] ?? '200');
const wanted = process.env['FAULTS']?.split(',');

/** Why a row cannot be run on this machine. */
function hindrance(row: Row): string | undefined {
  if (row.roles !== undefined && !haveRedis()) return 'no redis-server here';
  if (row.diskMegabytes !== undefined && !canMount()) return 'only root may mount a file system';
  return undefined;
}

async function run(row: Row): Promise<Judgement> {
  const { accounts, questions } = demoAccount(new Date());
  const openAws = (): Promise<StandInAws> => startAws({ accounts, latencyMs: AWS_LATENCY_MS });
  const world = await openWorld(row, QUESTIONS, { openAws, questions });
  try {
    const [asked] = await Promise.all([askSteadily(world, row), row.strike(world)]);
    const judgement = await judge(world, asked);
    if (!isGood(judgement)) await keepLog(row, world.printed());
    return judgement;
  } finally {
    await world.close();
  }
}

function isGood({ lost, twice }: Judgement): boolean {
  return lost === 0 && twice === 0;
}

async function keepLog({ name }: Row, printed: string): Promise<void> {
  const file = join(tmpdir(), `vpc-why-faults-${name}.log`);
  await writeFile(file, printed);
  process.stderr.write(`${name}: what the bot logged is in ${file}\n`);
}

const WIDTH = 72;

function line(what: string, ...figures: readonly (number | string)[]): string {
  return `${what.padEnd(WIDTH)}${figures.map((figure) => String(figure).padStart(10)).join('')}\n`;
}

process.stdout.write(line('fault', 'asked', 'answered', 'told', 'lost', 'twice', 'longest'));
let isAllGood = true;
for (const row of ROWS.filter(({ name }) => wanted?.includes(name) ?? true)) {
  const reason = hindrance(row);
  if (reason !== undefined) {
    process.stdout.write(line(row.what, `not run: ${reason}`));
    continue;
  }
  const judgement = await run(row);
  const { asked, answered, told, lost, twice, longestWait } = judgement;
  process.stdout.write(line(row.what, asked, answered, told, lost, twice, `${Math.round(longestWait)} s`));
  if (row.remark !== undefined && told > 0) process.stdout.write(`  ${row.remark}\n`);
  isAllGood &&= isGood(judgement);
}
process.exitCode = isAllGood ? 0 : 1;
