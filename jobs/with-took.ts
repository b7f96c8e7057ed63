import type { Answer } from '../src/explain/answer.ts';
import type { Block } from '../src/explain/document.ts';

/** Where a question was read out of free text, the answer says what it took: a wrong reading must be plain to see. */
export function withTook(answer: Answer, took: string | undefined): Answer {
  if (took === undefined) return answer;
  const { parent } = answer.thread;
  const note: Block = { kind: 'note', spans: [{ kind: 'words', text: took }] };
  return { ...answer, thread: { ...answer.thread, parent: { ...parent, blocks: [...parent.blocks, note] } } };
}
