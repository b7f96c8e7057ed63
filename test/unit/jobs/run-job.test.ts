import { describe, expect, it, vi } from 'vitest';
import { runJob, tellAbandoned, type JobDesk } from '../../../jobs/run-job.ts';
import { explainDefect, explainFailure } from '../../../src/explain/explain-failure.ts';
import { ExpectedError } from '../../../src/failure/expected-error.ts';
import type { Failure } from '../../../src/failure/failure.ts';
import type { Interruption, QueuedJob } from '../../../src/queue/queue.ts';
import { question } from '../../support/questions.ts';
import { recordingLog } from '../../support/recording-log.ts';

const payload = question();
const address = { questionId: payload.questionId, channelId: 'C0NETSEC', teamId: 'T0ACME', userId: 'U0DANA' };

const FAILURES: Record<'again' | 'never', Failure[]> = {
  again: [
    { kind: 'throttled', service: 'ec2' },
    { kind: 'unreachable', service: 'slack', detail: 'ECONNRESET' },
  ],
  never: [
    { kind: 'not-understood', input: 'x', expected: 'an interface' },
    { kind: 'not-allowed', account: '111122223333' },
    { kind: 'no-such-resource', id: 'eni-1', lookedIn: [] },
    { kind: 'ambiguous-target', id: '10.0.0.1', candidates: [] },
    { kind: 'no-credentials', detail: 'expired' },
    { kind: 'missing-permission', action: 'ec2:DescribeNetworkInterfaces', place: { region: 'eu-west-1' } },
    { kind: 'cancelled', detail: 'no answer in time' },
  ],
};

/** The lines that tell later who was answered what. */
const answers = ({ lines }: ReturnType<typeof recordingLog>): readonly unknown[] =>
  lines.flatMap(({ message, fields }) => (message === 'access' && 'access' in fields ? [fields.access] : []));

describe('a job', () => {
  it('that answers is done, and says nothing more', async () => {
    const { desk, showAnswer, log } = prepare(async () => undefined);

    expect(await runJob(job(), desk)).toEqual({ kind: 'done' });
    expect(showAnswer).not.toHaveBeenCalled();
    expect(answers(log)).toEqual([
      {
        event: 'answer',
        outcome: 'answered',
        teamId: 'T0ACME',
        userId: 'U0DANA',
        channelId: 'C0NETSEC',
        kind: 'why-rejected',
        text: payload.text,
        via: 'command',
        accounts: 'all',
        audience: 'inside',
        questionId: payload.questionId,
      },
    ]);
  });

  it.each(FAILURES.again)('is tried again after $kind', async (failure) => {
    const { desk, showAnswer } = prepare(() => Promise.reject(new ExpectedError(failure)));

    expect(await runJob(job({ attempt: 2 }), desk)).toMatchObject({ kind: 'again', error: { failure } });
    expect(showAnswer).not.toHaveBeenCalled();
  });

  it.each(FAILURES.again)('tells of $kind when there is no further attempt', async (failure) => {
    const { desk, showAnswer, log } = prepare(() => Promise.reject(new ExpectedError(failure)));

    expect(await runJob(job({ attempt: 3, isLastAttempt: true }), desk)).toMatchObject({ kind: 'never' });
    expect(showAnswer).toHaveBeenCalledWith(address, {
      parent: explainFailure(failure),
      replies: [],
      secrets: expect.any(Function),
    });
    expect(answers(log)).toMatchObject([{ outcome: failure.kind, questionId: payload.questionId, userId: 'U0DANA' }]);
  });

  it.each(FAILURES.never)('tells of $kind at once', async (failure) => {
    const { desk, showAnswer, failed, log } = prepare(() => Promise.reject(new ExpectedError(failure)));

    expect(await runJob(job(), desk)).toMatchObject({ kind: 'never', error: { failure } });
    expect(failed).toHaveBeenCalledExactlyOnceWith({ kind: 'why-rejected', failure: failure.kind });
    expect(showAnswer).toHaveBeenCalledWith(address, {
      parent: explainFailure(failure),
      replies: [],
      secrets: expect.any(Function),
    });
    expect(answers(log)).toMatchObject([{ outcome: failure.kind, questionId: payload.questionId, userId: 'U0DANA' }]);
  });

  it.each([
    ['an error', new TypeError('x is not a function')],
    ['something that is no error', 'oops'],
  ])('tells of a defect of ours, which threw %s', async (_, thrown) => {
    const { desk, showAnswer, log } = prepare(() => Promise.reject(thrown));

    expect(await runJob(job(), desk)).toMatchObject({ kind: 'never' });
    expect(showAnswer).toHaveBeenCalledWith(address, { parent: explainDefect(payload.questionId), replies: [] });
    expect(log.lines[0]).toMatchObject({ level: 'error', fields: { questionId: payload.questionId } });
    expect(answers(log)).toMatchObject([{ outcome: 'defect' }]);
  });

  it.each<[Interruption, object]>([
    ['shutting-down', { kind: 'put-back' }],
    ['taken-over', { kind: 'left-to-another' }],
  ])('says nothing when it was interrupted by %s, whatever it threw', async (why, outcome) => {
    const controller = new AbortController();
    const { desk, showAnswer } = prepare(async () => {
      controller.abort(why);
      throw new ExpectedError({ kind: 'no-such-resource', id: 'eni-1', lookedIn: [] });
    });

    expect(await runJob(job({ signal: controller.signal }), desk)).toEqual(outcome);
    expect(showAnswer).not.toHaveBeenCalled();
  });

  it('that finishes in spite of an interruption is done', async () => {
    const controller = new AbortController();
    const { desk } = prepare(async () => controller.abort('shutting-down'));

    expect(await runJob(job({ signal: controller.signal }), desk)).toEqual({ kind: 'done' });
  });

  it.each([
    ['a defect', new Error('defect')],
    ['an expected trouble', new ExpectedError({ kind: 'unreachable', service: 'Slack', detail: 'HTTP 503' })],
  ])('with %s is run again at growing distances while the asker cannot be told either', async (_, error) => {
    const { desk, log } = prepare(() => Promise.reject(error));
    const showAnswer = vi.fn(() => Promise.reject(new Error('Slack is away')));
    const outcomes = await Promise.all(
      [-300, 5, 60, 900, 901].map((age) =>
        runJob(job({ isLastAttempt: true }), { ...desk, showAnswer, now: () => payload.askedAt + age }),
      ),
    );

    expect(outcomes).toMatchObject([
      { kind: 'later', milliseconds: 15_000 },
      { kind: 'later', milliseconds: 15_000 },
      { kind: 'later', milliseconds: 60_000 },
      { kind: 'later', milliseconds: 900_000 },
      { kind: 'never', error },
    ]);
    expect(log.lines.map(({ message }) => message)).toContain('an asker could not be told of a failure');
  });

  it('that cannot be read is dropped, and nothing of it is believed', async () => {
    const { desk, showAnswer, log } = prepare(async () => undefined);

    expect(await runJob(job({ data: { ...payload, questionId: 'x' } }), desk)).toMatchObject({ kind: 'never' });
    expect(showAnswer).not.toHaveBeenCalled();
    expect(log.lines).toMatchObject([{ level: 'error', message: 'a job could not be read' }]);
  });

  it('given up by the queue is told as a defect', async () => {
    const { desk, showAnswer } = prepare(async () => undefined);

    await tellAbandoned(job(), new Error('job stalled more than allowable limit'), desk);

    expect(showAnswer).toHaveBeenCalledWith(address, { parent: explainDefect(payload.questionId), replies: [] });
  });
});

function prepare(work: JobDesk['work']) {
  const showAnswer = vi.fn<JobDesk['showAnswer']>(async () => ({}));
  const failed = vi.fn<JobDesk['measure']['failed']>();
  const log = recordingLog();
  const desk: JobDesk = {
    work,
    showAnswer,
    explainFailure: (failure) => explainFailure(failure),
    explainDefect,
    measure: { failed },
    now: () => payload.askedAt,
    log,
    deadlineMs: 60_000,
  };
  return { desk, showAnswer, failed, log };
}

function job(given: Partial<QueuedJob> = {}): QueuedJob {
  return {
    id: payload.questionId,
    name: 'why-rejected',
    data: payload,
    attempt: 1,
    isLastAttempt: false,
    signal: new AbortController().signal,
    ...given,
  };
}
