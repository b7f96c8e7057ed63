import { formatPathEnd } from '../src/command/path-end.ts';
import { explainPath } from '../src/explain/explain-path.ts';
import { explainProgress } from '../src/explain/explain-progress.ts';
import { secretsOfNetwork, type Secret } from '../src/explain/secrets.ts';
import { answerPath } from '../src/workflow/path.ts';
import type { CollectNetwork } from '../src/workflow/sources.ts';
import { pictureOfPath } from '../src/picture/picture-of-path.ts';
import type { Answered, Answering } from './answer-question.ts';
import type { Log } from './log.ts';
import { readCommand } from './read-command.ts';

export interface PathSources {
  readonly collectNetwork: CollectNetwork;
  readonly log: Log;
}

/** "Could this get there, and its answer back?", from the words that were typed to the thread. */
export function path({ collectNetwork, log }: PathSources): Answering {
  return {
    explainStep: (payload, step) => {
      const { from, to } = readCommand('path', payload).asked;
      return explainProgress('path', step, `${formatPathEnd(from)} → ${formatPathEnd(to)}`);
    },
    answer: async (payload, options) => {
      const { questionId, askedBy } = payload;
      const asking = { command: readCommand('path', payload), askedBy: askedBy.userId };
      const { answer, cost } = await answerPath(asking, collectNetwork, options);
      const { verdict, obstacles } = answer.analysis;
      log.info(
        { questionId, verdict, obstacles: obstacles.map(({ kind, id }) => ({ kind, id })), cost },
        'path followed',
      );
      const accounts = answer.snapshot.scopes.map(({ accountId }) => accountId);
      const secrets = (): readonly Secret[] => secretsOfNetwork(answer.snapshot, answer);
      const thread = { ...explainPath(answer, { askedBy: askedBy.userId }), secrets };
      const picture: Answered['picture'] = (hidden) => pictureOfPath(answer, hidden);
      return { thread, verdict, followUp: { accounts }, picture };
    },
  };
}
