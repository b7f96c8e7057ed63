import type { WebClient } from '@slack/web-api';
import type { ErrandWorkerDesk } from '../jobs/errand-worker.ts';
import { showEvidence } from '../jobs/evidence.ts';
import { showPicture } from '../jobs/picture.ts';
import { checkWatch } from '../jobs/watch.ts';
import type { Collector } from '../src/aws/create-collector.ts';
import type { Configuration } from '../src/config/configuration.ts';
import { explainDefect, explainFailure } from '../src/explain/explain-failure.ts';
import { drawPicture } from '../src/image/draw-picture.ts';
import type { Log } from '../src/log.ts';
import type { AnswerPoster } from '../src/slack/answer-poster.ts';
import { postPicture } from '../src/slack/upload-picture.ts';
import { createAnswerMemory } from '../src/store/answer-memory.ts';
import { createPictureLedger } from '../src/store/picture-ledger.ts';
import { createPictureMemory } from '../src/store/picture-memory.ts';
import { createWatches } from '../src/store/watches.ts';
import { lookAgain } from '../src/workflow/look-again.ts';
import type { Whisper } from '../src/workflow/post.ts';
import { nowInSeconds } from './now.ts';
import type { Homes } from './open-homes.ts';

export interface ErrandParts {
  readonly configuration: Pick<Configuration, 'slack' | 'watch'>;
  readonly homes: Pick<Homes, 'errands' | 'store'>;
  readonly collector: Pick<Collector, 'collect' | 'collectChanges'>;
  readonly client: WebClient;
  readonly poster: Pick<AnswerPoster, 'showAnswer' | 'amendAnswer'>;
  readonly whisper: Whisper;
  readonly log: Log;
}

/** What a worker runs errands with, connected. */
export function errandDesk(parts: ErrandParts): ErrandWorkerDesk {
  const { configuration, homes, collector, client, poster, whisper, log } = parts;
  const recall = createAnswerMemory(homes.store).find;
  const watching = {
    ...poster,
    watches: createWatches(homes.store),
    recall,
    lookAgain: (flow, { userId }, signal) =>
      lookAgain({ flow, askedBy: userId, now: nowInSeconds() }, collector, { signal, onStep: () => undefined }),
    addErrand: (errand, delayMs) => homes.errands.add(errand, delayMs),
    everyMs: configuration.watch.everySeconds * 1_000,
    now: nowInSeconds,
  } satisfies Parameters<typeof checkWatch>[2];
  return {
    queue: homes.errands,
    errands: {
      evidence: (errand) => showEvidence(errand, { recall, showAnswer: poster.showAnswer }),
      picture: (errand) =>
        showPicture(errand, {
          recall: createPictureMemory(homes.store).find,
          draw: drawPicture,
          post: (to, picture) => postPicture({ client, ledger: createPictureLedger(homes.store) }, to, picture),
        }),
      watch: (errand, signal) => checkWatch(errand, signal, watching),
    },
    accountsOf: async (questionId) => (await recall(questionId))?.followUp.accounts ?? [],
    whisper,
    explainFailure: (failure) => explainFailure(failure, configuration.slack.command),
    explainDefect,
    log,
  };
}
