import type { QuestionCommand } from '../src/command/command.ts';
import { parseCommand } from '../src/command/parse-command.ts';
import { ExpectedError } from '../src/failure/expected-error.ts';
import type { QuestionPayload } from '../src/queue/contract.ts';

type CommandOf<Kind extends QuestionCommand['kind']> = Extract<QuestionCommand, { readonly kind: Kind }>;

/** The very question that was typed: parsed again with the time at which it was asked. */
export function readCommand<Kind extends QuestionCommand['kind']>(
  kind: Kind,
  { text, askedAt }: QuestionPayload,
): CommandOf<Kind> {
  const command = parseCommand(text, askedAt);
  if (isKind(kind, command)) return command;
  throw new ExpectedError({ kind: 'not-understood', input: text.slice(0, 80), expected: `a question of kind ${kind}` });
}

function isKind<Kind extends QuestionCommand['kind']>(
  kind: Kind,
  command: ReturnType<typeof parseCommand>,
): command is CommandOf<Kind> {
  return command.kind === kind;
}
