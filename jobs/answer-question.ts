import type { Step } from '../src/engine/step.ts';
import { withButtons, type Answer, type FollowUp, type RememberedAnswer } from '../src/explain/answer.ts';
import type { Document, Thread } from '../src/explain/document.ts';
import type { Secret } from '../src/explain/secrets.ts';
import type { EpochSeconds } from '../src/lang/time.ts';
import type { AnswerPicture } from '../src/picture/answer-picture.ts';
import type { QuestionKind, QuestionPayload } from '../src/queue/contract.ts';
import type { FitForReaders, IsShared, ShowAnswer, ShowProgress } from '../src/workflow/post.ts';
import { addressOf } from './answer-address.ts';
import type { Measure } from './measure.ts';
import { createProgress } from './progress.ts';
import { untilAborted } from './until-aborted.ts';
import { withTook } from './with-took.ts';

/** What is particular to one kind of question. */
export interface Answering {
  readonly answer: (payload: QuestionPayload, options: AnswerOptions) => Promise<Answered>;
  readonly explainStep: (payload: QuestionPayload, step: Step) => Document;
}

/** An answer that can be drawn, too. */
export interface Answered extends Answer {
  /** With secrets: for readers who may not know them. */
  readonly picture: (secrets?: readonly Secret[]) => AnswerPicture | undefined;
}

interface AnswerOptions {
  readonly signal: AbortSignal;
  readonly onStep: (step: Step) => void;
  /** Shows the answer as it stands while more is looked up: it may still change. */
  readonly onDraft: (thread: Answer['thread']) => void;
}

/** What every kind of question needs. */
export interface AnswerDesk {
  /** A kind without its own way of answering does not compile. */
  readonly kinds: Readonly<Record<QuestionKind, Answering>>;
  readonly showProgress: ShowProgress;
  readonly showAnswer: ShowAnswer;
  readonly fit: FitForReaders;
  readonly isShared: IsShared;
  /** Remembers where the answer stands, for whoever asks the same within two minutes. */
  readonly keepLink: (questionId: string, permalink: string) => Promise<void>;
  /** Remembers what the buttons below the answer need. */
  readonly remember: (questionId: string, answer: RememberedAnswer) => Promise<void>;
  /** Remembers what there is to draw. */
  readonly keepPicture: (questionId: string, picture: AnswerPicture) => Promise<void>;
  readonly measure: Pick<Measure, 'answered'>;
  readonly now: () => EpochSeconds;
  readonly onProgressError: (error: unknown) => void;
}

/** Answers one question in its thread. Its last act is the visible one, and that one may be repeated. */
export async function answerQuestion(payload: QuestionPayload, signal: AbortSignal, desk: AnswerDesk): Promise<void> {
  const answer = await answerWithProgress(payload, signal, desk);
  const { verdict } = answer;
  const { thread, followUp: fitted } = await fitAnswer(payload, answer, desk);
  const followUp = { ...fitted, ...(await keepPicture(payload, answer, desk)) };
  const { questionId, kind, text: command, askedBy, askedAt } = payload;
  await desk.remember(questionId, { teamId: askedBy.teamId, command, parent: thread.parent, followUp });
  const parent = withButtons(thread.parent, followUp);
  const { permalink } = await desk.showAnswer(addressOf(payload), { ...thread, parent });
  desk.measure.answered({ kind, verdict, seconds: Math.max(0, desk.now() - askedAt) });
  if (permalink !== undefined) await desk.keepLink(payload.questionId, permalink);
}

/** A picture is a courtesy: one that cannot be kept is not offered. */
async function keepPicture(
  payload: QuestionPayload,
  { picture, thread }: Answered,
  desk: AnswerDesk,
): Promise<Pick<FollowUp, 'hasPicture'>> {
  const isShared = await desk.isShared(addressOf(payload));
  const drawn = isShared ? picture(thread.secrets()) : picture();
  if (drawn === undefined) return {};
  await desk.keepPicture(payload.questionId, drawn);
  return { hasPicture: true };
}

/** What is remembered for the buttons is what may be shown: later nobody knows any more what in it is a secret. */
async function fitAnswer(
  payload: QuestionPayload,
  { thread, followUp }: Answer,
  desk: AnswerDesk,
): Promise<{ readonly thread: Thread; readonly followUp: FollowUp }> {
  const { evidence, ...rest } = followUp;
  if (evidence === undefined) return { thread: await desk.fit(addressOf(payload), thread), followUp };
  const both = { ...thread, replies: [...thread.replies, evidence] };
  const { parent, replies } = await desk.fit(addressOf(payload), both);
  const fitted = replies.at(-1);
  return {
    thread: { parent, replies: replies.slice(0, -1) },
    followUp: fitted === undefined ? rest : { ...rest, evidence: fitted },
  };
}

/** Progress has ended before the answer is returned, so that no edit ever overtakes it. */
async function answerWithProgress(payload: QuestionPayload, signal: AbortSignal, desk: AnswerDesk): Promise<Answered> {
  const { answer, explainStep } = desk.kinds[payload.kind];
  const progress = createProgress({
    show: (document) => desk.showProgress(addressOf(payload), document),
    onError: desk.onProgressError,
  });
  let isDrafted = false;
  const onStep = (step: Step): void => {
    if (!isDrafted) progress.show(explainStep(payload, step));
  };
  const onDraft = ({ parent, secrets }: Answer['thread']): void => {
    isDrafted = true;
    const fitted = desk.fit(addressOf(payload), { parent, replies: [], secrets });
    fitted.then((thread) => progress.showNow(thread.parent), desk.onProgressError);
  };
  try {
    return withTook(await untilAborted(answer(payload, { signal, onStep, onDraft }), signal), payload.took);
  } finally {
    await progress.end();
  }
}
