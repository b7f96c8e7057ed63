import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Answered, Answering } from '../../../jobs/answer-question.ts';
import { startWorker, type RunningWorker, type WorkerDesk } from '../../../jobs/worker.ts';
import { explainDefect, explainFailure } from '../../../src/explain/explain-failure.ts';
import { ExpectedError } from '../../../src/failure/expected-error.ts';
import type { Failure } from '../../../src/failure/failure.ts';
import type { QueueHome } from '../../../src/queue/queue.ts';
import { createAnswerLinks, type AnswerLinks } from '../../../src/store/answer-links.ts';
import { createAnswerMemory, type AnswerMemory } from '../../../src/store/answer-memory.ts';
import { createPostLedger } from '../../../src/store/post-ledger.ts';
import type { PostLedger } from '../../../src/workflow/post.ts';
import { openChannel, type Channel } from '../../support/channel.ts';
import { question } from '../../support/questions.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { HOMES, newName, type RunningHome } from './homes.ts';

describe.each(HOMES)('questions queued in $name', ({ start }) => {
  let home: RunningHome;
  let ledger: PostLedger;
  let links: AnswerLinks;
  let memory: AnswerMemory;
  let queueName: string;
  let queue: QueueHome;
  let channel: Channel;
  let log: ReturnType<typeof recordingLog>;
  const workers: RunningWorker[] = [];

  beforeAll(async () => {
    home = await start();
    const store = await home.openStore();
    ledger = createPostLedger(store);
    links = createAnswerLinks(store);
    memory = createAnswerMemory(store);
  });
  beforeEach(() => {
    queueName = newName();
    queue = home.openQueue({ queueName });
    channel = openChannel(ledger);
    log = recordingLog();
  });
  afterEach(async () => {
    for (const worker of workers.splice(0)) await worker.stop(0);
  });
  afterAll(() => home.close());

  function work(answer: Answering['answer'], given: Partial<WorkerDesk> = {}): RunningWorker {
    const answering: Answering = { answer, explainStep: (_, { kind }) => told(kind).thread.parent };
    const worker = startWorker({
      queue,
      concurrency: 2,
      fit: async (_, thread) => thread,
      isShared: async () => false,
      keepPicture: async () => undefined,
      kinds: { 'why-rejected': answering, path: answering },
      showProgress: channel.showProgress,
      showAnswer: channel.showAnswer,
      keepLink: links.keep,
      remember: memory.keep,
      measure: { answered: () => undefined, failed: () => undefined },
      now: () => askedAt,
      explainFailure: (failure) => explainFailure(failure),
      explainDefect,
      log,
      ...given,
    });
    workers.push(worker);
    return worker;
  }

  async function ask(text: string) {
    const asked = question({ text, askedAt: askedAt++ });
    await queue.enqueue(asked);
    return asked;
  }

  it('are answered in the message that showed their progress', async () => {
    const { questionId } = await ask('eni-1');
    work(async (_, { onStep }) => {
      onStep({ kind: 'finding-interface' });
      await eventually(() => expect(channel.messages()).toEqual(['finding-interface']));
      return told('Blocked');
    });

    await eventually(() => expect(channel.history(questionId)).toEqual(['finding-interface', 'Blocked']));
    await eventually(async () => expect(await links.find(questionId)).toBe(`https://slack.example/${questionId}`));
  });

  it('are answered by the job of their kind', async () => {
    await queue.enqueue(question({ kind: 'path', text: 'path eni-1 eni-2', askedAt: askedAt++ }));
    await ask('eni-1');
    const kinds = { 'why-rejected': saying('Blocked'), path: saying('Reachable') };
    work(async () => told(''), { concurrency: 1, kinds });

    await eventually(() => expect(channel.messages()).toEqual(['Reachable', 'Blocked']));
  });

  it('are answered once though Slack and AWS fail twice before', async () => {
    await ask('eni-1');
    let tries = 0;
    work(async () => {
      tries += 1;
      if (tries < 3) throw new ExpectedError(THROTTLED);
      return told('Blocked');
    });

    await eventually(async () => expect(await queue.counts()).toMatchObject({ completed: 1 }));
    expect(channel.messages()).toEqual(['Blocked']);
    expect(tries).toBe(3);
  });

  it('are told of a failure that no further attempt mended', async () => {
    await ask('eni-1');
    const answer = vi.fn(() => Promise.reject(new ExpectedError(THROTTLED)));
    work(answer);

    await eventually(async () => expect(await queue.counts()).toMatchObject({ failed: 1 }));
    expect(answer).toHaveBeenCalledTimes(3);
    expect(channel.messages()).toEqual([explainFailure(THROTTLED).summary]);
  });

  it('are told at once of a failure that only the asker can mend', async () => {
    await ask('eni-gone');
    const gone: Failure = { kind: 'no-such-resource', id: 'eni-gone', lookedIn: [{ region: 'eu-west-1' }] };
    const answer = vi.fn(() => Promise.reject(new ExpectedError(gone)));
    work(answer);

    await eventually(async () => expect(await queue.counts()).toMatchObject({ failed: 1 }));
    expect(answer).toHaveBeenCalledTimes(1);
    expect(channel.messages()).toEqual([explainFailure(gone).summary]);
    expect(log.lines.filter(({ level }) => level !== 'info')).toEqual([]);
  });

  it('are told of a defect of ours by the name it has in the log', async () => {
    const { questionId } = await ask('eni-1');
    const defect = new TypeError('cannot read properties of undefined');
    work(() => Promise.reject(defect));

    await eventually(() => expect(channel.messages()).toEqual([explainDefect(questionId).summary]));
    expect(log.lines).toContainEqual({
      level: 'error',
      message: 'a defect ended a job',
      fields: { questionId, err: defect },
    });
  });

  it('are told when the answer takes too long, even by work that does not listen', async () => {
    await ask('eni-1');
    work(() => new Promise<Answered>(() => undefined), { deadlineMs: 100 });

    const tooLate: Failure = { kind: 'cancelled', detail: 'no answer in time' };
    await eventually(() => expect(channel.messages()).toEqual([explainFailure(tooLate).summary]));
  });

  describe('whose worker died', () => {
    it('are answered by the next, in the message the first had posted', async () => {
      const asked = await ask('eni-1');
      await home.takeAndDie(queueName);
      const { questionId, channelId, askedBy } = asked;
      await channel.showAnswer({ questionId, channelId, ...askedBy }, told('Blocked').thread);
      work(async () => told('Blocked'));

      await eventually(async () => expect(await queue.counts()).toMatchObject({ completed: 1 }));
      expect(channel.messages()).toEqual(['Blocked']);
      expect(channel.history(questionId)).toEqual(['Blocked', 'Blocked']);
    });

    it('are told when that happened too often', async () => {
      queue = home.openQueue({ queueName, stall: { lockDuration: 200, stalledInterval: 100, maxStalledCount: 0 } });
      const { questionId } = await ask('eni-1');
      await home.takeAndDie(queueName);
      const answer = vi.fn(async () => told('Blocked'));
      work(answer);

      await eventually(() => expect(channel.messages()).toEqual([explainDefect(questionId).summary]));
      expect(answer).not.toHaveBeenCalled();
    });
  });

  it('are answered once when a frozen worker comes back and finds its job taken over', async () => {
    // The lock is missed at its renewal, before the next check for stalled jobs.
    queue = home.openQueue({ queueName, stall: { lockDuration: 400, stalledInterval: 1_000, maxStalledCount: 1 } });
    const { questionId } = await ask('eni-1');
    const signals: AbortSignal[] = [];
    work(async (_, { signal }) => {
      signals.push(signal);
      if (signals.length > 1) return told('Blocked, says the second');
      await home.loseLock(queueName, questionId);
      await aborted(signal);
      return told('Blocked, says the first');
    });

    await eventually(() => expect(channel.messages()).toEqual(['Blocked, says the second']));
    await eventually(async () => expect(await queue.counts()).toMatchObject({ completed: 1, active: 0 }));
    expect(signals[0]?.reason).toBe('taken-over');
    expect(channel.history(questionId)).toEqual(['Blocked, says the second']);
  });

  it('are left to the second run when one worker takes its own job again', async () => {
    // The next check for stalled jobs comes before the renewal that would miss the lock.
    queue = home.openQueue({ queueName, stall: { lockDuration: 4_000, stalledInterval: 100, maxStalledCount: 1 } });
    const { questionId } = await ask('eni-1');
    const signals: AbortSignal[] = [];
    work(async (_, { signal }) => {
      signals.push(signal);
      if (signals.length > 1) return told('Blocked, says the second');
      await home.loseLock(queueName, questionId);
      await aborted(signal);
      return told('Blocked, says the first');
    });

    await eventually(() => expect(channel.messages()).toEqual(['Blocked, says the second']));
    await eventually(async () => expect(await queue.counts()).toMatchObject({ completed: 1, active: 0 }));
    expect(signals[0]?.reason).toBe('taken-over');
    expect(channel.history(questionId)).toEqual(['Blocked, says the second']);
  });

  it('survive a shutdown in the middle, and are answered once', async () => {
    const { questionId } = await ask('eni-1');
    const interrupted = vi.fn((_: unknown, { onStep }: Parameters<Answering['answer']>[1]) => {
      onStep({ kind: 'reading-configuration' });
      return new Promise<Answered>(() => undefined);
    });
    const worker = work(interrupted);
    await eventually(() => expect(channel.messages()).toEqual(['reading-configuration']));

    await worker.stop(0);
    work(async () => told('Blocked'));

    await eventually(async () => expect(await queue.counts()).toMatchObject({ completed: 1 }));
    expect(channel.history(questionId)).toEqual(['reading-configuration', 'Blocked']);
  });

  it('are not taken again by the worker that has just put them back', async () => {
    const taken = vi.fn(() => new Promise<Answered>(() => undefined));
    for (let round = 1; round <= 40; round += 1) {
      const { questionId } = await ask(`eni-${round}`);
      const worker = work(taken);
      await eventually(() => expect(taken).toHaveBeenCalledTimes(round));
      await worker.stop(0);
      const next = work(async () => told('Blocked'));
      await eventually(() => expect(channel.history(questionId)).toEqual(['Blocked']));
      await next.stop(1_000);
      expect(taken).toHaveBeenCalledTimes(round);
    }
  });

  it.each([
    ['a payload of a later version', 'why-rejected', { ...question(), version: 2 }],
    ['a payload that is no object', 'why-rejected', 'eni-1'],
    ['a text without end', 'why-rejected', { ...question(), text: 'x'.repeat(100_000) }],
    ['a question id that could be something else', 'why-rejected', { ...question(), questionId: '../../etc/passwd' }],
    ['a job of another kind', 'mine-bitcoin', question()],
    ['a question under the name of another kind', 'path', question()],
  ])('are not disturbed by %s', async (_, jobName, data) => {
    const answer = vi.fn(async () => told('Blocked'));
    await home.addStrange(queueName, jobName, data);
    work(answer);
    await ask('eni-1');

    await eventually(async () => expect(await queue.counts()).toMatchObject({ completed: 1, failed: 1 }));
    expect(answer).toHaveBeenCalledTimes(1);
    expect(channel.messages()).toEqual(['Blocked']);
    expect(log.lines).toContainEqual(expect.objectContaining({ level: 'error', message: 'a job could not be read' }));
  });
});

/** Every asking has a second of its own, so that ledgers and links of one test mean nothing to the next. */
let askedAt = 1_790_000_000;

const THROTTLED: Failure = { kind: 'throttled', service: 'ec2' };

function told(summary: string): Answered {
  return {
    thread: { parent: { summary, blocks: [] }, replies: [], secrets: () => [] },
    verdict: 'blocked',
    followUp: { accounts: [] },
    picture: () => undefined,
  };
}

function saying(words: string): Answering {
  return { answer: async () => told(words), explainStep: () => told('').thread.parent };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function eventually(assertion: () => Promise<void> | void): Promise<void> {
  return vi.waitFor(assertion, { timeout: 15_000, interval: 20 });
}
