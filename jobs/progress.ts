import { setTimeout as sleep } from 'node:timers/promises';
import type { Document } from '../src/explain/document.ts';

export interface Progress {
  /** Shows this as soon as may be; of several that come too fast only the last is shown. */
  show(document: Document): void;
  /** The same without the pause, for what people wait for: Slack tolerates two or three edits in a row. */
  showNow(document: Document): void;
  /** Shows nothing more, and resolves once nothing is on its way: what is posted next stays. */
  end(): Promise<void>;
}

export interface ProgressParts {
  readonly show: (document: Document) => Promise<void>;
  /** Progress is a courtesy: when it cannot be shown, the answer still comes. */
  readonly onError: (error: unknown) => void;
  /** Between two edits; ends early when aborted. */
  readonly pause?: (signal: AbortSignal) => Promise<void>;
}

/** Edits one message, one edit at a time, at most one a second: Slack allows about that much in a channel. */
export function createProgress({ show, onError, pause = oneSecond }: ProgressParts): Progress {
  const ending = new AbortController();
  let hurry = new AbortController();
  let next: Document | undefined;
  let showing: Promise<void> | undefined;
  const showAll = async (): Promise<void> => {
    for (let document = next; document !== undefined && !ending.signal.aborted; document = next) {
      next = undefined;
      hurry = new AbortController();
      await show(document).catch(onError);
      await pause(AbortSignal.any([ending.signal, hurry.signal]));
    }
    showing = undefined;
  };
  const showSoon = (document: Document): void => {
    next = document;
    showing ??= showAll();
  };
  return {
    show: showSoon,
    showNow: (document) => {
      hurry.abort();
      showSoon(document);
    },
    end: async () => {
      ending.abort();
      await showing;
    },
  };
}

async function oneSecond(signal: AbortSignal): Promise<void> {
  await sleep(1_000, undefined, { signal }).catch(() => undefined);
}
