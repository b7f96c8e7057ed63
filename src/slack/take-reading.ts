import type { Document } from '../explain/document.ts';
import { explainNothing, explainSeveral, explainTook } from '../explain/explain-reading.ts';
import type { FreeTextReading } from '../explain/reading.ts';
import { assertNever } from '../lang/exhaustive.ts';
import type { Asking, EntryDesk } from './entry-desk.ts';
import { takeText, type Taken } from './take-text.ts';

/** Anything but one question. */
export type Unclear = Exclude<FreeTextReading, { readonly kind: 'question' }>;

/** What was taken from the text travels with the question, and is told with the answer. */
const LONGEST_TOOK = 300;

/** Asks what was read out of free text; where that is not one question, says so. */
export async function takeReading(desk: EntryDesk, reading: FreeTextReading, asking: Asking): Promise<Taken> {
  if (reading.kind !== 'question') return { kind: 'told', document: explainUnclear(desk, reading) };
  const took = explainTook(reading.took)?.summary.slice(0, LONGEST_TOOK);
  return takeText(desk, reading.command, { ...asking, ...(took !== undefined && { took }) });
}

/** As `manifest.json` names the bot: what stands in an example is shown as it is, so an id would be. */
const MENTION = '@vpc-why';

export function explainUnclear({ command }: Pick<EntryDesk, 'command'>, reading: Unclear): Document {
  switch (reading.kind) {
    case 'several':
      return explainSeveral(reading, command);
    case 'nothing':
      return explainNothing(reading.because, MENTION, command);
    default:
      return assertNever(reading);
  }
}
