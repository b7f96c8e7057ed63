import type { AnswerPicture } from '../src/picture/answer-picture.ts';
import type { ErrandPayload } from '../src/queue/errand-contract.ts';

export interface PictureDesk {
  readonly recall: (questionId: string) => Promise<AnswerPicture | undefined>;
  readonly draw: (picture: AnswerPicture) => Promise<Uint8Array>;
  /** Puts it into the thread, once however often it is asked for. Throws `ExpectedError`. */
  readonly post: (
    to: { readonly questionId: string; readonly channelId: string; readonly threadTs: string },
    picture: { readonly png: Uint8Array; readonly altText: string; readonly title: string },
  ) => Promise<unknown>;
}

/** Draws what was remembered with the answer, and shows it in the thread. Whether there was any. */
export async function showPicture(errand: ErrandPayload, { recall, draw, post }: PictureDesk): Promise<boolean> {
  const picture = await recall(errand.questionId);
  if (picture === undefined) return false;
  const { altText, title } = picture;
  await post(errand, { png: await draw(picture), altText, title });
  return true;
}
