import { writeFile } from 'node:fs/promises';
import { ExpectedError } from '../src/failure/expected-error.ts';
import type { AnswerPicture } from '../src/picture/answer-picture.ts';
import type { Terminal } from './terminal.ts';

/** `--picture FILE.png`: the answer as it would be drawn in Slack. The drawing libraries are loaded here, not before. */
export async function writePicture(
  file: string,
  picture: AnswerPicture | undefined,
  terminal: Pick<Terminal, 'err'>,
): Promise<void> {
  if (picture === undefined) {
    terminal.err('No picture: this answer has no way and no records to draw.\n');
    return;
  }
  const { drawPicture } = await import('../src/image/draw-picture.ts');
  const png = await drawPicture(picture);
  try {
    await writeFile(file, png);
  } catch (cause) {
    const expected = 'a file that can be written';
    throw new ExpectedError({ kind: 'not-understood', input: `--picture ${file}`, expected }, { cause });
  }
}
