import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { parseQuestionLine, questionIdIn } from '../src/command/parse-question-line.ts';
import { explainFailure } from '../src/explain/explain-failure.ts';
import { ExpectedError } from '../src/failure/expected-error.ts';
import { renderPathJson } from '../src/render/path-json.ts';
import type { Snapshot } from '../src/vpc/snapshot.ts';
import { followPath } from '../src/workflow/path.ts';
import { EXIT } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** Many questions about one network: each line is answered before the next is read, a wrong one by its error. */
export async function answerLines(file: string, snapshot: Snapshot, terminal: Terminal): Promise<number> {
  const input = file === '-' ? terminal.input : createReadStream(file);
  let code: number = EXIT.answered;
  for await (const line of linesOf(input, file, terminal.signal)) {
    if (line.trim() === '') continue;
    const { answer, isAnswered } = answerLine(line, snapshot);
    terminal.out(`${JSON.stringify(answer)}\n`);
    if (!isAnswered) code = EXIT.unusableInput;
  }
  return code;
}

/** Read as they come: a question that is asked by hand is answered before the next one. */
async function* linesOf(input: Readable, file: string, signal: AbortSignal): AsyncGenerator<string> {
  try {
    yield* createInterface({ input, crlfDelay: Infinity, signal });
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

function unreadable(file: string, cause: unknown): ExpectedError {
  const expected = 'a file that can be read, or - for the standard input';
  return new ExpectedError({ kind: 'not-understood', input: `--questions ${file}`, expected }, { cause });
}

function answerLine(line: string, snapshot: Snapshot): { readonly answer: object; readonly isAnswered: boolean } {
  const id = questionIdIn(line);
  try {
    return { answer: renderPathJson(followPath(parseQuestionLine(line), snapshot), id), isAnswered: true };
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    const told = explainFailure(error.failure, 'vpc-why').summary;
    return { answer: { ...(id !== undefined && { id }), error: told }, isAnswered: false };
  }
}
