import { ACCESS_LINE, accessLine } from '../src/access/access-line.ts';
import type { Admit } from '../src/access/admission.ts';
import type { QuestionCommand } from '../src/command/command.ts';
import { parseCommand } from '../src/command/parse-command.ts';
import { wantedBy } from '../src/command/wanted-by.ts';
import type { RememberedAnswer } from '../src/explain/answer.ts';
import type { AnswerAction, Document } from '../src/explain/document.ts';
import {
  explainAlreadyWatched,
  explainAskedAgain,
  explainEvidenceComes,
  explainOldButton,
  explainOthersAnswer,
  explainPictureComes,
  explainTooManyWatches,
  explainWatchBegun,
} from '../src/explain/explain-press.ts';
import { explainRefusal } from '../src/explain/explain-refusal.ts';
import { explainAlreadyAsked } from '../src/explain/explain-acknowledgement.ts';
import { assertNever } from '../src/lang/exhaustive.ts';
import type { Log } from '../src/log.ts';
import type { ErrandPayload } from '../src/queue/errand-contract.ts';
import type { Press, PressButton } from '../src/slack/actions.ts';
import type { Admitted, TakeQuestion } from '../src/slack/entry-desk.ts';
import { createAnswerMemory } from '../src/store/answer-memory.ts';
import { createWatches } from '../src/store/watches.ts';
import type { Homes } from './open-homes.ts';

export interface PressParts {
  readonly homes: Pick<Homes, 'errands' | 'store'>;
  /** The gate: whoever presses asks for what was asked before. */
  readonly admit: Admit;
  readonly take: TakeQuestion;
  readonly log: Log;
  /** How long a watch goes on. */
  readonly watchSeconds: number;
}

/** What the buttons below an answer do. All of it is small: the work is an errand, or a question of its own. */
export function pressButtons(parts: PressParts): PressButton {
  const memory = createAnswerMemory(parts.homes.store);
  return async (press) => {
    const answer = await memory.find(press.questionId);
    if (answer === undefined || answer.teamId !== press.teamId) return explainOldButton();
    const asked = parseCommand(answer.command, press.at);
    if (asked.kind !== 'why-rejected' && asked.kind !== 'path') return explainOldButton();
    const request = { ...wantedBy(asked), kind: asked.kind, text: answer.command, via: 'button' };
    const access = await parts.admit(press, request);
    if (access.kind === 'refused') return explainRefusal(access);
    const pressed: Pressed = { press, answer, kind: asked.kind, access };
    const isRefused = press.action !== 'again' && !mayRead(access, answer);
    notePress(pressed, isRefused, parts.log);
    return isRefused ? explainOthersAnswer() : DEEDS[press.action](pressed, parts);
  };
}

/** The words of a question name no account; its answer does, and may tell of one that is not for whoever presses. */
function mayRead({ accounts }: Admitted, { followUp }: RememberedAnswer): boolean {
  return accounts === 'all' || followUp.accounts.every((account) => accounts.includes(account));
}

interface Pressed {
  readonly press: Press;
  readonly answer: RememberedAnswer;
  readonly kind: QuestionCommand['kind'];
  readonly access: Admitted;
}

/** A question asked again writes a line of its own. */
function notePress({ press, answer, access }: Pressed, isRefused: boolean, log: Log): void {
  const { teamId, userId, channelId, questionId, action } = press;
  if (action === 'again') return;
  const pressed = { teamId, userId, channelId, questionId, kind: action, text: answer.command, via: 'button' };
  const { accounts } = answer.followUp;
  const came = isRefused
    ? ({ event: 'refusal', outcome: 'account' } as const)
    : ({ event: 'question', outcome: 'taken' } as const);
  log.info(accessLine({ ...pressed, ...came, accounts, audience: access.audience }), ACCESS_LINE);
}

type Deed = (pressed: Pressed, parts: PressParts) => Promise<Document>;

const DEEDS: Readonly<Record<AnswerAction, Deed>> = {
  again: askAgain,
  evidence: async ({ press }, { homes }) => {
    await homes.errands.add(errandOf('evidence', press));
    return explainEvidenceComes();
  },
  picture: async ({ press }, { homes }) => {
    await homes.errands.add(errandOf('picture', press));
    return explainPictureComes();
  },
  watch: beginWatch,
};

async function askAgain({ press, answer, kind, access }: Pressed, { take }: PressParts): Promise<Document> {
  const { teamId, channelId, threadTs, userId, at } = press;
  const asked = { kind, access, text: answer.command, askedAt: at, via: 'button' } as const;
  const taken = await take({ ...asked, teamId, channelId, threadTs, userId });
  return taken.kind === 'added' ? explainAskedAgain() : explainAlreadyAsked(taken.permalink);
}

/** Noted before it is queued: a press whose errand was lost is made good by the next press. */
async function beginWatch({ press, answer }: Pressed, { homes, watchSeconds }: PressParts): Promise<Document> {
  const { questionId, teamId, channelId, threadTs, userId, at } = press;
  const begun = await createWatches(homes.store).begin({
    questionId,
    teamId,
    channelId,
    threadTs,
    userId,
    summary: answer.parent.summary,
    startedAt: at,
    until: at + watchSeconds,
    checks: 0,
  });
  switch (begun.kind) {
    case 'too-many':
      return explainTooManyWatches();
    case 'already':
    case 'begun': {
      const { watch } = begun;
      if (watch.checks === 0) await homes.errands.add(errandOf('watch', press));
      return begun.kind === 'begun' ? explainWatchBegun(watch.until) : explainAlreadyWatched(watch.userId, watch.until);
    }
    default:
      return assertNever(begun);
  }
}

function errandOf(kind: ErrandPayload['kind'], press: Press): ErrandPayload {
  const { questionId, teamId, channelId, threadTs, userId } = press;
  return { version: 1, kind, questionId, teamId, channelId, threadTs, userId, check: 0 };
}
