import type { QuestionCommand } from '../src/command/command.ts';
import { parseCommand } from '../src/command/parse-command.ts';
import { ExpectedError } from '../src/failure/expected-error.ts';
import type { QuestionPayload } from '../src/queue/contract.ts';

type CommandOf<Kind extends QuestionCommand['kind']> = Extract<QuestionCommand, { readonly kind: Kind }>;

/** The very question that was typed: parsed again with the time at which it was asked. */
export function readCommand<Kind extends QuestionCommand['kind']>(
  kind: Kind,
  { text, askedAt, accounts }: QuestionPayload,
): CommandOf<Kind> {
  const command = withinAccounts(parseCommand(text, askedAt), accounts);
  if (isKind(kind, command)) return command;
  throw new ExpectedError({ kind: 'not-understood', input: text.slice(0, 80), expected: `a question of kind ${kind}` });
}

/** The accounts that the asker was admitted to hold for whatever was typed. */
function withinAccounts<Asked extends ReturnType<typeof parseCommand>>(
  command: Asked,
  onlyAccounts: QuestionPayload['accounts'],
): Asked {
  if (onlyAccounts === undefined || !('scope' in command)) return command;
  return { ...command, scope: { ...command.scope, onlyAccounts } };
}

function isKind<Kind extends QuestionCommand['kind']>(
  kind: Kind,
  command: ReturnType<typeof parseCommand>,
): command is CommandOf<Kind> {
  return command.kind === kind;
}
