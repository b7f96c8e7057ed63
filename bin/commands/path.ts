import { createCollector } from '../../src/aws/create-collector.ts';
import type { PathCommand, Scope } from '../../src/command/command.ts';
import { parseCommand } from '../../src/command/parse-command.ts';
import { readScope } from '../../src/command/read-scope.ts';
import { withExample } from '../../src/command/with-example.ts';
import { awsSettings, readConfiguration } from '../../src/config/read-settings.ts';
import { ExpectedError } from '../../src/failure/expected-error.ts';
import { explainPath } from '../../src/explain/explain-path.ts';
import { explainUsage } from '../../src/explain/explain-usage.ts';
import { pictureOfPath } from '../../src/picture/picture-of-path.ts';
import { renderPathJson } from '../../src/render/path-json.ts';
import { renderTerminal } from '../../src/render/terminal.ts';
import { parseSnapshot } from '../../src/vpc/parse-snapshot.ts';
import { answerPath } from '../../src/workflow/path.ts';
import type { CollectNetwork } from '../../src/workflow/sources.ts';
import { renderAnswer, takeFormat, takeOption, type Format } from '../answer-format.ts';
import { answerLines } from '../answer-lines.ts';
import { askedBy } from '../asked-by.ts';
import { EXIT } from '../exit-codes.ts';
import { inFile, recordedNetwork } from '../recorded-network.ts';
import { nowInSeconds } from '../now.ts';
import type { Terminal } from '../terminal.ts';
import { writePicture } from '../write-picture.ts';

/** `vpc-why path …`: one question or, with `--questions`, many; of AWS or, with `--snapshot`, of a recorded network. */
export async function runPath(words: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await run(words, terminal);
  } catch (error) {
    throw withExample('path', error);
  }
}

async function run(words: readonly string[], terminal: Terminal): Promise<number> {
  const { format, rest } = takeFormat(words);
  const { value: file, rest: withoutFile } = takeOption(rest, 'snapshot');
  const { value: questions, rest: withoutQuestions } = takeOption(withoutFile, 'questions');
  const { value: picture, rest: asked } = takeOption(withoutQuestions, 'picture');
  if (questions !== undefined) {
    const scope = readScope(asked);
    return withNetwork(file, terminal, (collectNetwork) => answerMany(questions, { scope, collectNetwork }, terminal));
  }
  const command = parseCommand(['path', ...asked].join(' '), nowInSeconds());
  if (command.kind === 'path') {
    return withNetwork(file, terminal, (collectNetwork) =>
      answerOne(command, { format, picture, collectNetwork }, terminal),
    );
  }
  terminal.out(renderTerminal({ parent: explainUsage('path', 'vpc-why'), replies: [] }, terminal));
  return EXIT.answered;
}

async function withNetwork(
  file: string | undefined,
  { environment }: Terminal,
  work: (collectNetwork: CollectNetwork) => Promise<number>,
): Promise<number> {
  if (file !== undefined) return workOn(file, work);
  const collector = createCollector(awsSettings(readConfiguration(environment)));
  try {
    return await work(collector.collectNetwork);
  } finally {
    collector.close();
  }
}

/** What is not in a recorded network is nowhere else looked for. */
async function workOn(file: string, work: (collectNetwork: CollectNetwork) => Promise<number>): Promise<number> {
  try {
    return await work(recordedNetwork(file));
  } catch (error) {
    throw isNotFound(error) ? inFile(file, error) : error;
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof ExpectedError && error.failure.kind === 'no-such-resource';
}

interface OneAnswer {
  readonly format: Format;
  /** The file it is drawn to, if it is. */
  readonly picture: string | undefined;
  readonly collectNetwork: CollectNetwork;
}

async function answerOne(
  command: PathCommand,
  { format, picture, collectNetwork }: OneAnswer,
  terminal: Terminal,
): Promise<number> {
  const asking = { command, askedBy: askedBy(terminal.environment) };
  const { answer } = await answerPath(asking, collectNetwork, { signal: terminal.signal, onStep: () => undefined });
  const answered = { thread: () => explainPath(answer, {}), json: () => renderPathJson(answer) };
  terminal.out(renderAnswer(format, answered, terminal));
  if (picture !== undefined) await writePicture(picture, pictureOfPath(answer), terminal);
  return EXIT.answered;
}

/** The network is read once for all of them. */
async function answerMany(
  questions: string,
  { scope, collectNetwork }: { readonly scope: Scope; readonly collectNetwork: CollectNetwork },
  terminal: Terminal,
): Promise<number> {
  const request = { scope, askedBy: askedBy(terminal.environment) };
  const { snapshots } = await collectNetwork(request, { signal: terminal.signal, onStep: () => undefined });
  return answerLines(questions, parseSnapshot(snapshots), terminal);
}
