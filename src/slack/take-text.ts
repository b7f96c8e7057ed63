import type { QuestionCommand } from '../command/command.ts';
import { parseCommand } from '../command/parse-command.ts';
import { wantedBy } from '../command/wanted-by.ts';
import type { Document } from '../explain/document.ts';
import { explainFailure } from '../explain/explain-failure.ts';
import { explainRefusal } from '../explain/explain-refusal.ts';
import { explainUsage } from '../explain/explain-usage.ts';
import { ExpectedError } from '../failure/expected-error.ts';
import type { Failure } from '../failure/failure.ts';
import type { Asking, EntryDesk } from './entry-desk.ts';

/** What became of a text. */
export type Taken =
  /** A worker will answer. */
  | { readonly kind: 'added'; readonly command: QuestionCommand }
  | { readonly kind: 'duplicate'; readonly permalink?: string }
  /** For the asker's eyes only. */
  | { readonly kind: 'refused'; readonly document: Document }
  /** No worker will: this is the answer, help or trouble. */
  | { readonly kind: 'told'; readonly document: Document };

/** Takes in what was typed as a command, whichever way it came. Never throws: trouble is an answer. */
export async function takeText(desk: EntryDesk, text: string, asking: Asking): Promise<Taken> {
  try {
    const asked = parseCommand(text, asking.askedAt);
    if (asked.kind === 'help') return { kind: 'told', document: explainUsage(asked.topic, desk.command) };
    const access = await desk.admit(asking, { ...wantedBy(asked), kind: asked.kind, text, via: asking.via });
    if (access.kind === 'refused') return { kind: 'refused', document: explainRefusal(access) };
    const admitted = { ...asking, access };
    if (asked.kind === 'audit') return { kind: 'told', document: await desk.manageAudits(asked.deed, admitted) };
    const taken = await desk.take({ ...admitted, kind: asked.kind, text });
    return taken.kind === 'added' ? { kind: 'added', command: asked } : { ...taken, kind: 'duplicate' };
  } catch (error) {
    return { kind: 'told', document: explainTrouble(desk, error) };
  }
}

/** Words for whatever kept a question from being taken in; defects are reported. */
export function explainTrouble(desk: EntryDesk, error: unknown): Document {
  if (!(error instanceof ExpectedError)) desk.report('a question could not be taken in', error);
  return explainFailure(error instanceof ExpectedError ? error.failure : FAULT_OF_OURS, desk.command);
}

const FAULT_OF_OURS: Failure = { kind: 'unreachable', service: 'the queue', detail: 'a fault of ours' };
