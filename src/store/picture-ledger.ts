import * as z from 'zod';
import type { PictureLedger, PictureRecord } from '../workflow/picture-ledger.ts';
import { holdLease } from './lease.ts';
import { safeJson } from './safe-json.ts';
import type { Store } from './store.ts';

/** Longer than anybody looks back at a thread to press its button again. */
const KEPT_SECONDS = 7 * 86_400;

/** Which pictures were posted, kept in the store. */
export function createPictureLedger(store: Store): PictureLedger {
  return {
    read: async (pictureId) => {
      const text = await store.read(keyOf(pictureId));
      return text === undefined ? undefined : parseRecord(text);
    },
    write: (pictureId, record) => store.write(keyOf(pictureId), JSON.stringify(record), KEPT_SECONDS),
    exclusively: (pictureId, work) => holdLease(store, `drawing:${pictureId}`, work),
  };
}

function keyOf(pictureId: string): string {
  return `picture:${pictureId}`;
}

/** A note nobody can read is no note, as with posts. */
function parseRecord(text: string): PictureRecord | undefined {
  const parsed = Record.safeParse(safeJson(text));
  return parsed.success ? parsed.data : undefined;
}

const Record = z.object({ fileId: z.string(), state: z.enum(['sharing', 'shared']) });
