import { parseAnswerPicture, type AnswerPicture } from '../picture/answer-picture.ts';
import { safeJson } from './safe-json.ts';
import type { Store } from './store.ts';

/** What there is to draw of each answer, until somebody asks for it. */
export interface PictureMemory {
  readonly keep: (questionId: string, picture: AnswerPicture) => Promise<void>;
  readonly find: (questionId: string) => Promise<AnswerPicture | undefined>;
}

/** As long as the answer's buttons work. */
const KEPT_SECONDS = 7 * 86_400;

export function createPictureMemory(store: Store): PictureMemory {
  return {
    keep: (questionId, picture) => store.write(keyOf(questionId), JSON.stringify(picture), KEPT_SECONDS),
    find: async (questionId) => {
      const text = await store.read(keyOf(questionId));
      return text === undefined ? undefined : parseAnswerPicture(safeJson(text));
    },
  };
}

function keyOf(questionId: string): string {
  return `drawing-of:${questionId}`;
}
