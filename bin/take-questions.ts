import { ACCESS_LINE, accessLine } from '../src/access/access-line.ts';
import type { Log } from '../src/log.ts';
import type { QuestionPayload } from '../src/queue/contract.ts';
import { questionIdOf } from '../src/queue/question-id.ts';
import type { Metrics } from '../src/operations/metrics.ts';
import type { Admitted, AskedQuestion, TakeQuestion } from '../src/slack/entry-desk.ts';
import { createAnswerLinks } from '../src/store/answer-links.ts';
import { noteForAsker } from './note-for-asker.ts';
import type { Homes } from './open-homes.ts';

/** Puts questions into the queue, once; who asks the same again is told where the answer stands, if it does already. */
export function takeQuestions(
  { queue, store }: Pick<Homes, 'queue' | 'store'>,
  { asked, log }: { readonly asked: Metrics['asked']; readonly log: Log },
): TakeQuestion {
  const links = createAnswerLinks(store);
  const note = noteForAsker(store, log);
  return async (question) => {
    const { kind: kindAsked, text, askedAt, teamId, userId, channelId, threadTs, via, took, access } = question;
    const limits = limitsOf(access);
    const { kind, questionId } = await queue.enqueue({
      version: 1,
      kind: kindAsked,
      questionId: questionIdOf({ ...question, ...limits }),
      text,
      askedAt,
      askedBy: { teamId, userId },
      channelId,
      ...(threadTs !== undefined && { threadTs }),
      via,
      ...(took !== undefined && { took }),
      ...limits,
    });
    if (kind === 'added') asked({ kind: kindAsked, via });
    const line = { ...asking(question), event: 'question', outcome: kind, questionId } as const;
    log.info(accessLine({ ...line, accounts: access.accounts, audience: access.audience }), ACCESS_LINE);
    note(question, questionId);
    const permalink = kind === 'duplicate' ? await links.find(questionId) : undefined;
    return permalink === undefined ? { kind } : { kind, permalink };
  };
}

/** What travels with the question: nothing where nothing is withheld. */
function limitsOf({ accounts, audience }: Admitted): Pick<QuestionPayload, 'accounts' | 'audience'> {
  return { ...(accounts !== 'all' && { accounts: [...accounts] }), ...(audience === 'shared' && { audience }) };
}

function asking({ teamId, userId, channelId, kind, text, via }: AskedQuestion): Asking {
  return { teamId, userId, channelId, kind, text, via };
}

type Asking = Pick<AskedQuestion, 'teamId' | 'userId' | 'channelId' | 'kind' | 'text' | 'via'>;
