import { createReadStream, statSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { DEFAULT_LIMITS } from '../../src/aws/aws-settings.ts';
import { unpackText } from '../../src/aws/unpack-text.ts';
import { workThrough } from '../../src/aws/work-through.ts';
import { createRejectCounter } from './count-by-scanner.ts';
import type { TopRejects } from './top-rejects.ts';

/**
 * Packed objects as the bot reads them, as many at once. Each has a scanner of its own, as it has a feed of its own in
 * the bot; what they count comes together.
 */
export async function countUnpacked(...paths: readonly string[]): Promise<TopRejects> {
  const counter = createRejectCounter();
  await workThrough(paths, DEFAULT_LIMITS.objectsAtOnce, async (path) => {
    const { scan, end } = counter.open();
    await unpackText(openAtOnce(path), (chunk) => (scan(chunk), true), new AbortController().signal);
    end();
  });
  return counter.top();
}

/** What comes from S3 needs no thread of those that unpack; what comes from a file does, so it comes in one piece. */
function openAtOnce(path: string): Readable {
  const { size } = statSync(path);
  return createReadStream(path, { highWaterMark: size, end: size - 1 });
}
