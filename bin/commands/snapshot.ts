import { createCollector } from '../../src/aws/create-collector.ts';
import { parseSnapshotWords } from '../../src/command/parse-snapshot-words.ts';
import { awsSettings, readConfiguration } from '../../src/config/read-settings.ts';
import type { Step } from '../../src/engine/step.ts';
import { explainGap } from '../../src/explain/explain-gap.ts';
import { plainText } from '../../src/explain/plain-text.ts';
import type { Gap } from '../../src/vpc/gap.ts';
import { parseSnapshot } from '../../src/vpc/parse-snapshot.ts';
import { formatSnapshotFile } from '../../src/vpc/snapshot-file.ts';
import { askedBy } from '../asked-by.ts';
import { EXIT } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';

/** `vpc-why snapshot [--account a] [--region r] [--vpc id]`: the network as JSON; what could not be read on stderr. */
export async function runSnapshot(words: readonly string[], terminal: Terminal): Promise<number> {
  const asked = parseSnapshotWords(words);
  const collector = createCollector(awsSettings(readConfiguration(terminal.environment)));
  try {
    const request = { ...asked, askedBy: askedBy(terminal.environment) };
    const options = { signal: terminal.signal, onStep: tellProgress(terminal) };
    const { snapshots, cost } = await collector.collectNetwork(request, options);
    terminal.out(formatSnapshotFile(snapshots));
    tellGaps(parseSnapshot(snapshots).gaps, terminal);
    const seconds = (cost.milliseconds / 1_000).toFixed(1);
    terminal.err(`${cost.calls} calls in ${cost.rounds} rounds, ${seconds} s\n`);
    return EXIT.answered;
  } finally {
    collector.close();
  }
}

/** One line a second at most: a large account takes minutes. */
const BETWEEN_LINES_MS = 1_000;

function tellProgress({ err }: Terminal): (step: Step) => void {
  let last = performance.now();
  return (step) => {
    if (step.kind !== 'reading-configuration' || step.calls === undefined) return;
    if (performance.now() - last < BETWEEN_LINES_MS) return;
    last = performance.now();
    err(`${step.calls} calls answered …\n`);
  };
}

const MOST_GAPS = 50;

function tellGaps(gaps: readonly Gap[], { err }: Terminal): void {
  if (gaps.length === 0) return;
  const lines = gaps.slice(0, MOST_GAPS).map((gap) => `  ${plainText(explainGap(gap))}\n`);
  const rest = gaps.length > MOST_GAPS ? `  … and ${gaps.length - MOST_GAPS} more\n` : '';
  err(`Not in it:\n${lines.join('')}${rest}`);
}
