import type { Answer } from '../src/explain/answer.ts';
import type { Block } from '../src/explain/document.ts';

/** Where a question was read out of free text, the answer says what it took: a wrong reading must be plain to see. */
export function withTook<Told extends Answer>(answer: Told, took: string | undefined): Told {
  if (took === undefined) return answer;
  const { parent } = answer.thread;
  const note: Block = { kind: 'note', spans: [{ kind: 'words', text: took }] };
  const end = parent.blocks.at(-1)?.kind === 'note' ? -1 : parent.blocks.length;
  const blocks = parent.blocks.toSpliced(end, 0, note);
  return { ...answer, thread: { ...answer.thread, parent: { ...parent, blocks } } };
}
