import { createCollector } from '../../src/aws/create-collector.ts';
import type { WhyRejectedCommand } from '../../src/command/command.ts';
import { parseCommand } from '../../src/command/parse-command.ts';
import { awsSettings, readConfiguration } from '../../src/config/read-settings.ts';
import type { Diagnosis } from '../../src/engine/diagnosis.ts';
import { explainDiagnosis } from '../../src/explain/explain-diagnosis.ts';
import { explainUsage } from '../../src/explain/explain-usage.ts';
import { ExpectedError } from '../../src/failure/expected-error.ts';
import { renderJson } from '../../src/render/json.ts';
import { renderMarkdown } from '../../src/render/markdown.ts';
import { renderTerminal } from '../../src/render/terminal.ts';
import { answerWhyRejected } from '../../src/workflow/why-rejected.ts';
import { EXIT } from '../exit-codes.ts';
import { nowInSeconds } from '../now.ts';
import type { Terminal } from '../terminal.ts';

const FORMATS = ['text', 'json', 'markdown'] as const;
export type Format = (typeof FORMATS)[number];

/** `vpc-why why-rejected …`: the job of the bot without Slack and queue. */
export async function runWhyRejected(words: readonly string[], terminal: Terminal): Promise<number> {
  const { format, rest } = takeFormat(words);
  const command = parseCommand(['why-rejected', ...rest].join(' '), nowInSeconds());
  if (command.kind !== 'why-rejected') {
    terminal.out(renderTerminal({ parent: explainUsage('why-rejected', 'vpc-why'), replies: [] }, terminal));
    return EXIT.answered;
  }
  terminal.out(renderAs(format, await answer(command, terminal), terminal));
  return EXIT.answered;
}

async function answer(command: WhyRejectedCommand, { environment, signal }: Terminal): Promise<Diagnosis> {
  const collector = createCollector(awsSettings(readConfiguration(environment)));
  const askedBy = environment['USER'] ?? environment['LOGNAME'] ?? 'vpc-why';
  try {
    const investigation = { command, askedBy, now: nowInSeconds };
    const { diagnosis } = await answerWhyRejected(investigation, collector.collect, {
      signal,
      onStep: () => undefined,
    });
    return diagnosis;
  } finally {
    collector.close();
  }
}

/** The format asked for, before the command is read: a mistake in the command is told in it too. */
export function takeFormat(words: readonly string[]): { readonly format: Format; readonly rest: readonly string[] } {
  const spread = words.flatMap((word) =>
    word.startsWith('--format=') ? ['--format', word.slice('--format='.length)] : [word],
  );
  const at = spread.indexOf('--format');
  if (at < 0) return { format: 'text', rest: spread };
  const format = FORMATS.find((known) => known === spread[at + 1]);
  if (format === undefined) {
    throw new ExpectedError({
      kind: 'not-understood',
      input: `--format ${spread[at + 1] ?? ''}`,
      expected: FORMATS.join(', '),
    });
  }
  return { format, rest: spread.toSpliced(at, 2) };
}

function renderAs(format: Format, diagnosis: Diagnosis, terminal: Terminal): string {
  const render: Record<Format, () => string> = {
    text: () => renderTerminal(explainDiagnosis(diagnosis, {}), terminal),
    markdown: () => renderMarkdown(explainDiagnosis(diagnosis, {})),
    json: () => `${JSON.stringify(renderJson(diagnosis), null, 2)}\n`,
  };
  return render[format]();
}
