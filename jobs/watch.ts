import { withButtons, type RememberedAnswer } from '../src/explain/answer.ts';
import type { Document } from '../src/explain/document.ts';
import {
  explainPasses,
  explainWatchedInVain,
  explainWatching,
  explainWatchNews,
  inVainWords,
  passesWords,
  type WatchEnd,
} from '../src/explain/explain-watch.ts';
import type { FlowNews, WatchedFlow } from '../src/engine/watched-flow.ts';
import { ExpectedError } from '../src/failure/expected-error.ts';
import type { EpochSeconds } from '../src/lang/time.ts';
import type { ErrandPayload } from '../src/queue/errand-contract.ts';
import { errandIdOf } from '../src/queue/question-id.ts';
import type { Watch, Watches } from '../src/store/watches.ts';
import type { AmendAnswer, ShowAnswer } from '../src/workflow/post.ts';

export interface WatchDesk {
  readonly watches: Pick<Watches, 'find' | 'advance' | 'end'>;
  readonly recall: (questionId: string) => Promise<RememberedAnswer | undefined>;
  /** What has been logged of the flow by now. Throws `ExpectedError`. */
  readonly lookAgain: (flow: WatchedFlow, watch: Watch, signal: AbortSignal) => Promise<FlowNews>;
  readonly amendAnswer: AmendAnswer;
  readonly showAnswer: ShowAnswer;
  readonly addErrand: (errand: ErrandPayload, delayMs: number) => Promise<void>;
  /** Between two looks. */
  readonly everyMs: number;
  readonly now: () => EpochSeconds;
}

/**
 * One check of a watch; the first only says that it is on. Each sets off the next under a name of its own, before it is
 * over itself: a check that runs twice changes nothing, and one whose worker died is run again. Whether anybody was told.
 */
export async function checkWatch(errand: ErrandPayload, signal: AbortSignal, desk: WatchDesk): Promise<boolean> {
  const { questionId, check } = errand;
  const watch = await desk.watches.find(questionId);
  if (watch === undefined || check < watch.checks) return false;
  const answer = await desk.recall(questionId);
  const flow = answer?.followUp.watched;
  if (answer === undefined || flow === undefined) return giveUp(questionId, desk);
  const place: Place = { errand, watch, answer };
  if (check === 0) return begin(place, desk);
  const news = await look(flow, { watch, signal }, desk);
  if (news.kind === 'accepted') return endWell(place, news, desk);
  return desk.now() >= watch.until ? endInVain(place, news, desk) : next(place, desk);
}

interface Place {
  readonly errand: ErrandPayload;
  readonly watch: Watch;
  readonly answer: RememberedAnswer;
}

/** Trouble with AWS ends no watch: the next check is the next attempt. */
async function look(
  flow: WatchedFlow,
  { watch, signal }: { readonly watch: Watch; readonly signal: AbortSignal },
  desk: WatchDesk,
): Promise<FlowNews | Extract<WatchEnd, { kind: 'unread' }>> {
  try {
    return await desk.lookAgain(flow, watch, signal);
  } catch (error) {
    if (!(error instanceof ExpectedError) || signal.aborted) throw error;
    return { kind: 'unread', failure: error.failure };
  }
}

async function giveUp(questionId: string, { watches }: WatchDesk): Promise<false> {
  await watches.end(questionId);
  return false;
}

async function begin(place: Place, desk: WatchDesk): Promise<false> {
  const { watch, answer } = place;
  const { watched: _on, ...rest } = answer.followUp;
  const shown = await desk.amendAnswer(addressOf(watch), withButtons(explainWatching(answer.parent, watch), rest));
  return shown ? next(place, desk) : giveUp(watch.questionId, desk);
}

async function next({ errand, watch }: Place, desk: WatchDesk): Promise<false> {
  const check = errand.check + 1;
  const left = (watch.until - desk.now()) * 1_000;
  await desk.addErrand({ ...errand, check }, Math.max(0, Math.min(desk.everyMs, left)));
  await desk.watches.advance(watch.questionId, check);
  return false;
}

type Passing = Extract<FlowNews, { kind: 'accepted' }>;

async function endWell({ watch, answer }: Place, passing: Passing, desk: WatchDesk): Promise<boolean> {
  const { watched: _over, ...rest } = answer.followUp;
  const news = explainWatchNews(passesWords(passing), watch.userId);
  return tell(watch, { message: withButtons(explainPasses(answer.parent, passing), rest), news }, desk);
}

async function endInVain({ watch, answer }: Place, end: WatchEnd, desk: WatchDesk): Promise<boolean> {
  const message = withButtons(explainWatchedInVain(answer.parent, end, watch.until), answer.followUp);
  return tell(watch, { message, news: explainWatchNews(inVainWords(end), watch.userId) }, desk);
}

interface Telling {
  readonly message: Document;
  readonly news: Document;
}

/** A message that a person deleted takes its watch with it: nobody is told of what nobody wants to see. */
async function tell(watch: Watch, { message, news }: Telling, desk: WatchDesk): Promise<boolean> {
  const isShown = await desk.amendAnswer(addressOf(watch), message);
  if (isShown) {
    const { questionId, startedAt, threadTs } = watch;
    const reply = { ...addressOf(watch), questionId: errandIdOf(questionId, `watch ${startedAt}`), threadTs };
    await desk.showAnswer(reply, { parent: news, replies: [] });
  }
  await desk.watches.end(watch.questionId);
  return isShown;
}

function addressOf({ questionId, teamId, channelId }: Watch): Parameters<AmendAnswer>[0] {
  return { questionId, teamId, channelId };
}
