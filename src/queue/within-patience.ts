import { ExpectedError } from '../failure/expected-error.ts';
import { QUEUE_PATIENCE_MS } from './job-options.ts';

/** The queue's answer, or `unreachable` once patience is over: whoever asks has Slack's three seconds to keep. */
export async function withinPatience<Answer>(asking: Promise<Answer>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(unreachable('no answer in time')), QUEUE_PATIENCE_MS);
  });
  try {
    return await Promise.race([asking, patience]);
  } catch (error) {
    throw error instanceof ExpectedError ? error : unreachable(messageOf(error), error);
  } finally {
    clearTimeout(timer);
  }
}

export function unreachable(detail: string, cause?: unknown): ExpectedError {
  return new ExpectedError({ kind: 'unreachable', service: 'the job queue', detail }, { cause });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
