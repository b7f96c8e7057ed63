import type { QuestionCommand } from '../command/command.ts';
import { formatTarget } from '../command/format-target.ts';
import { formatPathEnd } from '../command/path-end.ts';
import type { Document } from '../explain/document.ts';
import { explainAlreadyAsked, explainPathTaken, explainTaken } from '../explain/explain-acknowledgement.ts';
import { assertNever } from '../lang/exhaustive.ts';
import type { Taken } from './take-text.ts';

/** What the asker alone is told at once. */
export function acknowledgementOf(taken: Taken): Document {
  switch (taken.kind) {
    case 'added':
      return explainAdded(taken.command);
    case 'duplicate':
      return explainAlreadyAsked(taken.permalink);
    case 'refused':
    case 'told':
      return taken.document;
    default:
      return assertNever(taken);
  }
}

function explainAdded(command: QuestionCommand): Document {
  switch (command.kind) {
    case 'why-rejected':
      return explainTaken(formatTarget(command.target), command.window);
    case 'path': {
      const { from, to } = command.asked;
      return explainPathTaken(formatPathEnd(from), formatPathEnd(to));
    }
    default:
      return assertNever(command);
  }
}
