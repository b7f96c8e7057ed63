import type { Document } from '../src/explain/document.ts';
import type { EpochSeconds } from '../src/lang/time.ts';
import { isDue } from '../src/workflow/run-audit.ts';
import { addressOf, fieldsOf, noteDigest, type AuditDesk, type AuditRun } from './audit.ts';

/**
 * Tells the channel that a run came to nothing, unless the last one did for the same reason: an audit that fails every
 * hour says so once, and again after a week.
 */
export async function tellTrouble(run: AuditRun, document: Document, desk: AuditDesk): Promise<void> {
  const { name } = run.audit;
  try {
    await desk.memory.exclusively(name, async () => {
      const now = desk.now();
      const isKnown = await isKnownTrouble(run, { document, now }, desk);
      if (!isKnown) {
        await desk.showAnswer(addressOf(run), { parent: document, replies: [] });
        noteDigest(run, 'failed', desk);
      }
      const history = await desk.memory.read(name);
      await desk.memory.write(name, {
        ...(history ?? { findings: [], blindSpots: [] }),
        ranAt: now,
        trouble: document.summary,
        ...(!isKnown && { postedAt: now }),
      });
    });
  } catch (error) {
    desk.log.error({ ...fieldsOf(run), err: error }, 'a channel could not be told of a failed audit');
  }
}

async function isKnownTrouble(
  { audit, isAsked }: AuditRun,
  { document, now }: { readonly document: Document; readonly now: EpochSeconds },
  desk: AuditDesk,
): Promise<boolean> {
  if (isAsked) return false;
  const history = await desk.memory.read(audit.name);
  return history?.trouble === document.summary && !isDue(history, now);
}
