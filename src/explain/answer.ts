import { isNonEmpty } from '../lang/non-empty.ts';
import type { Diagnosis } from '../engine/diagnosis.ts';
import { watchedFlowOf, type WatchedFlow } from '../engine/watched-flow.ts';
import type { AccountId } from '../vpc/ids.ts';
import { explainEvidence } from './explain-evidence.ts';
import { sentence } from './sentence.ts';
import type { AnswerAction, Block, Document, Thread } from './document.ts';

/** An answer and what may be asked of it later, with its buttons. */
export interface Answer {
  readonly thread: AnswerThread;
  /** One word for whoever counts answers: the verdict of the first finding, of the path, or `quiet`. */
  readonly verdict: string;
  readonly followUp: FollowUp;
}

/** One that forgets what in it is secret does not compile. */
type AnswerThread = Thread & Required<Pick<Thread, 'secrets'>>;

/** What the buttons of an answer need, for as long as it is remembered. */
export interface RememberedAnswer {
  readonly teamId: string;
  /** What was typed, or what the reader of free text made of it. */
  readonly command: string;
  /** As it stands in the channel, without buttons. */
  readonly parent: Document;
  readonly followUp: FollowUp;
}

/** Whatever is here gets a button. Small: it is remembered for days. */
export interface FollowUp {
  /** Whose networks the answer tells of. */
  readonly accounts: readonly AccountId[];
  readonly evidence?: Document;
  readonly watched?: WatchedFlow;
  /** There is something to draw; what, is kept apart. */
  readonly hasPicture?: true;
}

/** What can follow a diagnosis. */
export function followUpOf(diagnosis: Diagnosis): FollowUp {
  const evidence = explainEvidence(diagnosis);
  const watched = watchedFlowOf(diagnosis);
  return {
    accounts: [diagnosis.target.accountId],
    ...(evidence !== undefined && { evidence }),
    ...(watched !== undefined && { watched }),
  };
}

/** The answer as it stands while more is looked up. It says so, for it may still change. */
export function asDraft(thread: AnswerThread): AnswerThread {
  const spans = sentence`Not final yet: who changed it, and what a fix would open, is being looked up …`;
  const parent = { ...thread.parent, blocks: [...thread.parent.blocks, { kind: 'note', spans } as const] };
  return { ...thread, parent, replies: [] };
}

/** The channel message with a button for everything that can follow; its small print stays last. */
export function withButtons(parent: Document, followUp: FollowUp): Document {
  const actions = OFFERS.filter(([, offers]) => offers(followUp)).map(([action]) => action);
  return isNonEmpty(actions) ? { ...parent, blocks: beforeNote(parent.blocks, { kind: 'buttons', actions }) } : parent;
}

/** In this order, from left to right. */
const OFFERS: readonly (readonly [AnswerAction, (followUp: FollowUp) => boolean])[] = [
  ['watch', ({ watched }) => watched !== undefined],
  ['evidence', ({ evidence }) => evidence !== undefined],
  ['picture', ({ hasPicture }) => hasPicture === true],
  ['again', () => true],
];

function beforeNote(blocks: readonly Block[], added: Block): readonly Block[] {
  const end = blocks.at(-1)?.kind === 'note' ? blocks.length - 1 : blocks.length;
  return [...blocks.slice(0, end), added, ...blocks.slice(end)];
}
