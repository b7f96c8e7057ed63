import { formatTarget } from '../src/command/format-target.ts';
import type { EpochSeconds } from '../src/lang/time.ts';
import type { Diagnosis } from '../src/engine/diagnosis.ts';
import { asDraft, followUpOf, type Answer } from '../src/explain/answer.ts';
import { explainDiagnosis } from '../src/explain/explain-diagnosis.ts';
import { explainProgress } from '../src/explain/explain-progress.ts';
import { secretsIn } from '../src/explain/secrets.ts';
import { answerWhyRejected, type WhyRejectedSources } from '../src/workflow/why-rejected.ts';
import { pictureOfDiagnosis } from '../src/picture/picture-of-diagnosis.ts';
import type { Answered, Answering } from './answer-question.ts';
import type { Log } from './log.ts';
import { readCommand } from './read-command.ts';

export interface WhyRejectedParts {
  readonly sources: WhyRejectedSources;
  readonly now: () => EpochSeconds;
  readonly log: Log;
}

/** "Why was this traffic rejected?", from the words that were typed to the thread. */
export function whyRejected({ sources, now, log }: WhyRejectedParts): Answering {
  return {
    explainStep: (payload, step) => {
      const { target } = readCommand('why-rejected', payload);
      return explainProgress('why-rejected', step, formatTarget(target));
    },
    answer: async (payload, options) => {
      const { questionId, askedBy } = payload;
      const threadOf = (told: Diagnosis): Answer['thread'] => ({
        ...explainDiagnosis(told, { askedBy: askedBy.userId }),
        secrets: () => secretsIn(told),
      });
      const onFirstLook = (told: Diagnosis): void => {
        if (told.findings[0]?.verdict === 'blocked') options.onDraft(asDraft(threadOf(told)));
      };
      const command = readCommand('why-rejected', payload);
      const investigation = { command, askedBy: askedBy.userId, now, onFirstLook };
      const { diagnosis, cost } = await answerWhyRejected(investigation, sources, options);
      const rows = diagnosis.findings.map(({ row, verdict, confidence }) => ({ row, verdict, confidence }));
      log.info({ questionId, interfaceId: diagnosis.target.id, rows, cost }, 'diagnosed');
      const picture: Answered['picture'] = (secrets) => pictureOfDiagnosis(diagnosis, secrets);
      return {
        thread: threadOf(diagnosis),
        verdict: rows[0]?.verdict ?? 'quiet',
        followUp: followUpOf(diagnosis),
        picture,
      };
    },
  };
}
