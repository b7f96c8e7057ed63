import type { RememberedAnswer } from '../src/explain/answer.ts';
import type { ErrandPayload } from '../src/queue/errand-contract.ts';
import { errandIdOf } from '../src/queue/question-id.ts';
import type { ShowAnswer } from '../src/workflow/post.ts';

export interface EvidenceDesk {
  readonly recall: (questionId: string) => Promise<RememberedAnswer | undefined>;
  readonly showAnswer: ShowAnswer;
}

/** Shows in the thread what an answer rests on; a second press finds it there. Whether anything was told. */
export async function showEvidence(errand: ErrandPayload, { recall, showAnswer }: EvidenceDesk): Promise<boolean> {
  const { questionId, teamId, channelId, threadTs, userId } = errand;
  const evidence = (await recall(questionId))?.followUp.evidence;
  if (evidence === undefined) return false;
  const address = { questionId: errandIdOf(questionId, 'evidence'), teamId, channelId, threadTs, userId };
  await showAnswer(address, { parent: evidence, replies: [] });
  return true;
}
