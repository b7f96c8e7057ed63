import type { QuestionCommand } from '../command/command.ts';
import { formatTarget } from '../command/format-target.ts';
import { formatPathEnd } from '../command/path-end.ts';
import type { Document } from '../explain/document.ts';
import {
  explainAlreadyAsked,
  explainPathTaken,
  explainTaken,
  type AnswerPlace,
} from '../explain/explain-acknowledgement.ts';
import { assertNever } from '../lang/exhaustive.ts';
import type { Asking } from './entry-desk.ts';
import type { Taken } from './take-text.ts';

/** What the asker alone is told at once. */
export function acknowledgementOf(taken: Taken, { threadTs }: Pick<Asking, 'threadTs'> = {}): Document {
  switch (taken.kind) {
    case 'added':
      return explainAdded(taken.command, threadTs === undefined ? 'channel' : 'thread');
    case 'duplicate':
      return explainAlreadyAsked(taken.permalink);
    case 'refused':
    case 'told':
      return taken.document;
    default:
      return assertNever(taken);
  }
}

function explainAdded(command: QuestionCommand, where: AnswerPlace): Document {
  switch (command.kind) {
    case 'why-rejected':
      return explainTaken(formatTarget(command.target), command.window, where);
    case 'path': {
      const { from, to } = command.asked;
      return explainPathTaken(formatPathEnd(from), formatPathEnd(to), where);
    }
    default:
      return assertNever(command);
  }
}
