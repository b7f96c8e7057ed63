import { diagnose } from '../../src/engine/diagnose.ts';
import type { DiagnosisInput } from '../../src/engine/scene.ts';
import { inputOf, linesOf, RICH_FIELDS } from '../support/ask-why.ts';
import { buildVpc } from '../support/build-vpc.ts';
import { allow, tcp } from '../support/rules.ts';
import { randomNumbers, type Next } from './generate-records.ts';
import { interleave } from './interleave.ts';
import { rowOf, type Row } from './row.ts';

const RECORDS = 20_000;
const SOURCES = 15_000;
const FLAGS = { flags: 2, direction: 'ingress' } as const;

const { accept, reject } = linesOf('web');

/** What befalls an interface by the ten thousand, one record each. */
const CROWDS: Readonly<Record<string, (next: Next) => string>> = {
  'scanned from the internet': (next) =>
    reject(`${internet(next)} -> 10.0.1.9:${next(7) < 6 ? 22 : next(65_536)} tcp`, at(next)),
  'clients of a service that was closed': (next) => reject(`${inside(next)} -> 10.0.1.9:5432 tcp`, at(next)),
  'clients that come and do not come through': (next) =>
    [accept, reject][next(2)]!(`${inside(next)} -> 10.0.1.9:5432 tcp`, at(next)),
};

const SECOND = 'a second';

/** What a question costs between its last answer of AWS and its own: reading the lines and judging the flows. */
export async function benchDiagnose(): Promise<readonly Row[]> {
  const vpc = buildVpc()
    .subnet('app', '10.0.1.0/24')
    .securityGroup('web', { ingress: [allow(tcp(443), '0.0.0.0/0')] })
    .interface('web', { subnet: 'app', groups: ['web'], address: '10.0.1.9' })
    .flowLog({ fields: RICH_FIELDS });
  const rows: Row[] = [];
  for (const [crowd, line] of Object.entries(CROWDS)) {
    const next = randomNumbers(5);
    const lines = Array.from({ length: RECORDS }, () => line(next));
    const what = `${RECORDS.toLocaleString('en')} flows: ${crowd}`;
    let input: DiagnosisInput;
    const timings = await interleave({
      [`${what}, read`]: { run: () => void (input = inputOf(vpc, { of: 'web', lines })) },
      [`${what}, judged`]: { run: () => diagnose(input) },
      [SECOND]: { run: () => ({ wall: 1, cpu: 1 }) },
    });
    rows.push(
      rowOf(timings, { what: `${what}, read`, beside: SECOND, goal: 1 }),
      rowOf(timings, { what: `${what}, judged`, beside: SECOND, goal: 1 }),
    );
  }
  return rows;
}

function at(next: Next) {
  return { ...FLAGS, at: `11:${30 + next(29)}:${10 + next(49)}` };
}

function internet(next: Next): string {
  return `52.0.${addressOf(next)}`;
}

function inside(next: Next): string {
  return `10.1.${addressOf(next)}`;
}

function addressOf(next: Next): string {
  const source = next(SOURCES);
  return `${source >> 8}.${source & 255}:${1024 + next(60_000)}`;
}
