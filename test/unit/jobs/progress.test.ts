import { describe, expect, it, vi } from 'vitest';
import { createProgress } from '../../../jobs/progress.ts';
import type { Document } from '../../../src/explain/document.ts';

describe('progress', () => {
  it('is shown at once when it is the first', async () => {
    const { progress, shown } = follow();

    progress.show(step('finding the interface'));

    await vi.waitFor(() => expect(shown()).toEqual(['finding the interface']));
  });

  it('shows only the last of what came during the pause', async () => {
    const { progress, shown, endPause } = follow();
    progress.show(step('1'));
    await vi.waitFor(() => expect(shown()).toEqual(['1']));

    progress.show(step('2'));
    progress.show(step('3'));
    expect(shown()).toEqual(['1']);
    await endPause();

    await vi.waitFor(() => expect(shown()).toEqual(['1', '3']));
  });

  it('does not let the pause hold back what people wait for, and pauses after it', async () => {
    const { progress, shown } = follow();
    progress.show(step('1'));
    await vi.waitFor(() => expect(shown()).toEqual(['1']));

    progress.showNow(step('the verdict'));
    await vi.waitFor(() => expect(shown()).toEqual(['1', 'the verdict']));
    progress.show(step('2'));
    await settled();

    expect(shown()).toEqual(['1', 'the verdict']);
  });

  it('what people wait for follows an edit that is still on its way', async () => {
    const arrivals: (() => void)[] = [];
    const show = vi.fn(() => new Promise<void>((resolve) => arrivals.push(resolve)));
    const progress = createProgress({ show, onError: fail });
    progress.show(step('1'));

    progress.showNow(step('the verdict'));
    await settled();
    expect(show).toHaveBeenCalledTimes(1);
    arrivals[0]?.();

    await vi.waitFor(() => expect(show).toHaveBeenCalledTimes(2));
    arrivals[1]?.();
    await progress.end();
  });

  it('goes on after a while without news', async () => {
    const { progress, shown, endPause } = follow();
    progress.show(step('1'));
    await vi.waitFor(() => expect(shown()).toEqual(['1']));
    await endPause();
    await settled();

    progress.show(step('2'));

    await vi.waitFor(() => expect(shown()).toEqual(['1', '2']));
  });

  it('shows nothing once it has ended, neither what waited nor what comes', async () => {
    const { progress, shown } = follow();
    progress.show(step('1'));
    await vi.waitFor(() => expect(shown()).toEqual(['1']));
    progress.show(step('2'));

    await progress.end();
    progress.show(step('3'));
    await settled();

    expect(shown()).toEqual(['1']);
  });

  it('ends only when the edit on its way has arrived', async () => {
    const arrivals: (() => void)[] = [];
    const show = () => new Promise<void>((resolve) => arrivals.push(resolve));
    const progress = createProgress({ show, onError: fail });
    progress.show(step('1'));
    const ended = vi.fn();

    const ending = progress.end().then(ended);
    await settled();
    expect(ended).not.toHaveBeenCalled();
    arrivals[0]?.();

    await ending;
    expect(ended).toHaveBeenCalled();
  });

  it('is a courtesy: an edit that fails stops neither the next nor the job', async () => {
    const trouble = new Error('ratelimited');
    const onError = vi.fn();
    const show = vi.fn().mockRejectedValueOnce(trouble).mockResolvedValue(undefined);
    const progress = createProgress({ show, onError, pause: async () => undefined });

    progress.show(step('1'));
    await vi.waitFor(() => expect(onError).toHaveBeenCalledWith(trouble));
    await settled();
    progress.show(step('2'));

    await vi.waitFor(() => expect(show).toHaveBeenCalledTimes(2));
    await progress.end();
  });
});

/** Progress whose pauses last until they are ended. */
function follow() {
  const shown: string[] = [];
  const pauses: (() => void)[] = [];
  const progress = createProgress({
    show: async ({ summary }) => {
      shown.push(summary);
    },
    onError: fail,
    pause: (signal) =>
      new Promise((resolve) => {
        pauses.push(resolve);
        if (signal.aborted) resolve();
        signal.addEventListener('abort', () => resolve(), { once: true });
      }),
  });
  const endPause = async () => {
    await vi.waitFor(() => expect(pauses).not.toEqual([]));
    pauses.shift()?.();
  };
  return { progress, shown: () => [...shown], endPause };
}

function step(summary: string): Document {
  return { summary, blocks: [] };
}

function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function fail(error: unknown): never {
  throw error;
}
