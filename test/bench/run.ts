import { benchAudit } from './audit.ts';
import { benchEvaluate, type Row } from './evaluate.ts';
import { benchReadFlowLogs } from './read-flow-logs.ts';

/** `npm run bench`: what is measured, beside what, and the ratio. Nothing here is a test, so no time can fail. */
const BENCHES: Record<string, () => Promise<readonly Row[]>> = {
  'Reading flow logs (ratio of times: less is faster)': benchReadFlowLogs,
  'Evaluating packets (ratio of speeds: more is faster)': benchEvaluate,
  'Auditing an account (ratio of times: less is faster)': benchAudit,
};

for (const [title, bench] of Object.entries(BENCHES)) {
  process.stdout.write(`\n${title}\n${tableOf(await bench())}`);
}

function tableOf(rows: readonly Row[]): string {
  const cells = [
    ['name', 'beside', 'ratio', ''],
    ...rows.map(({ name, beside, ratio, detail }) => [name, beside, `${ratio.toPrecision(3)} ×`, detail]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => row[column]!.length)));
  return cells
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column]!))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
