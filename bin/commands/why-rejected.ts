import { createCollector } from '../../src/aws/create-collector.ts';
import type { WhyRejectedCommand } from '../../src/command/command.ts';
import { parseCommand } from '../../src/command/parse-command.ts';
import { awsSettings, readConfiguration } from '../../src/config/read-settings.ts';
import type { Diagnosis } from '../../src/engine/diagnosis.ts';
import { explainDiagnosis } from '../../src/explain/explain-diagnosis.ts';
import { explainUsage } from '../../src/explain/explain-usage.ts';
import { pictureOfDiagnosis } from '../../src/picture/picture-of-diagnosis.ts';
import { renderJson } from '../../src/render/json.ts';
import { renderTerminal } from '../../src/render/terminal.ts';
import { answerWhyRejected } from '../../src/workflow/why-rejected.ts';
import { renderAnswer, takeFormat, takeOption } from '../answer-format.ts';
import { askedBy } from '../asked-by.ts';
import { EXIT } from '../exit-codes.ts';
import { nowInSeconds } from '../now.ts';
import type { Terminal } from '../terminal.ts';
import { writePicture } from '../write-picture.ts';

/** `vpc-why why-rejected …`: the job of the bot without Slack and queue. */
export async function runWhyRejected(words: readonly string[], terminal: Terminal): Promise<number> {
  const { format, rest: afterFormat } = takeFormat(words);
  const { value: picture, rest } = takeOption(afterFormat, 'picture');
  const command = parseCommand(['why-rejected', ...rest].join(' '), nowInSeconds());
  if (command.kind !== 'why-rejected') {
    terminal.out(renderTerminal({ parent: explainUsage('why-rejected', 'vpc-why'), replies: [] }, terminal));
    return EXIT.answered;
  }
  const diagnosis = await answer(command, terminal);
  const answered = { thread: () => explainDiagnosis(diagnosis, {}), json: () => renderJson(diagnosis) };
  terminal.out(renderAnswer(format, answered, terminal));
  if (picture !== undefined) await writePicture(picture, pictureOfDiagnosis(diagnosis), terminal);
  return EXIT.answered;
}

async function answer(command: WhyRejectedCommand, { environment, signal }: Terminal): Promise<Diagnosis> {
  const collector = createCollector(awsSettings(readConfiguration(environment)));
  try {
    const investigation = { command, askedBy: askedBy(environment), now: nowInSeconds };
    const { diagnosis } = await answerWhyRejected(investigation, collector, {
      signal,
      onStep: () => undefined,
    });
    return diagnosis;
  } finally {
    collector.close();
  }
}
