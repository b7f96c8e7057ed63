import { createReadStream } from 'node:fs';
import { DEFAULT_LIMITS } from '../../src/aws/aws-settings.ts';
import { unpackText } from '../../src/aws/unpack-text.ts';
import { workThrough } from '../../src/aws/work-through.ts';
import { createRejectCounter } from './count-by-scanner.ts';
import type { TopRejects } from './top-rejects.ts';

/** What comes from S3 needs no thread of those that unpack; what comes from a file does, so it comes at once. */
const AT_A_TIME = 2 ** 20;

/**
 * Packed objects as the bot reads them, as many at once. Each has a scanner of its own, as it has a feed of its own in
 * the bot; what they count comes together.
 */
export async function countUnpacked(...paths: readonly string[]): Promise<TopRejects> {
  const counter = createRejectCounter();
  await workThrough(paths, DEFAULT_LIMITS.objectsAtOnce, async (path) => {
    const { scan, end } = counter.open();
    const packed = createReadStream(path, { highWaterMark: AT_A_TIME });
    await unpackText(packed, (chunk) => (scan(chunk), true), new AbortController().signal);
    end();
  });
  return counter.top();
}
