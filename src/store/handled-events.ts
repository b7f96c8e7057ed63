import type { Store } from './store.ts';

/** Slack's events, each handled once: deliveries are repeated for minutes, with Delayed Events for a day. */
export interface HandledEvents {
  /**
   * Does the work unless it was done. Two deliveries at the same moment may both be worked on: what the work does must
   * bear that. A memory that does not answer keeps nobody from an answer.
   */
  readonly once: (eventId: string, work: () => Promise<void>) => Promise<void>;
}

/** https://docs.slack.dev/apis/events-api/ */
const KEPT_SECONDS = 25 * 3_600;

export function createHandledEvents(store: Store): HandledEvents {
  return {
    once: async (eventId, work) => {
      const key = `event:${eventId}`;
      if (await store.read(key).catch(() => undefined)) return;
      await work();
      await store.write(key, 'handled', KEPT_SECONDS).catch(() => undefined);
    },
  };
}
