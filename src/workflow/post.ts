import type { Document, Thread } from '../explain/document.ts';
import type { EpochSeconds } from '../lang/time.ts';

/** Whom an answer is for and where it belongs. */
export interface AnswerAddress {
  /** Names the job, the thread and what was posted for them: 32 hexadecimal digits. */
  readonly questionId: string;
  readonly teamId: string;
  readonly channelId: string;
  /** The thread it was asked in: the answer and its replies go there. Absent: a message of its own. */
  readonly threadTs?: string;
  /** Hears of it in a direct message where the place is closed to us. Absent: nobody does. */
  readonly userId?: string;
  /** Somebody from outside reads it, wherever it is posted. Absent: the channel decides. */
  readonly audience?: 'shared';
}

/** Makes the question's one message look like this. Idempotent by question id. */
export type ShowProgress = (address: AnswerAddress, document: Document) => Promise<void>;

/** Makes the thread look like this: edits what was posted, posts what is missing, nothing twice. */
export type ShowAnswer = (address: AnswerAddress, thread: Thread) => Promise<{ readonly permalink?: string }>;

/** Makes the answer's first message look like this, and posts nothing. False when it is not there any more. */
export type AmendAnswer = (address: AnswerAddress, document: Document) => Promise<boolean>;

/** Whether what is posted there is read by others than our own. */
export type IsShared = (address: Pick<AnswerAddress, 'audience' | 'channelId'>) => Promise<boolean>;

/** The thread as those may read it who read the place where it goes. Fit already, it stays as it is. */
export type FitForReaders = (address: AnswerAddress, thread: Thread) => Promise<Thread>;

/** Says something to one person where they are, or else directly. Never throws: it is the last resort. */
export type Whisper = (
  to: { readonly channelId: string; readonly userId: string; readonly threadTs?: string },
  document: Document,
) => Promise<void>;

/** A place in the answer: its first message, or a reply by its index. */
export type Slot = 'parent' | number;

/** What was posted for a question, and what was about to be. */
export interface PostRecord {
  readonly channelId: string;
  /** The thread it all stands in, where that began with somebody else's message. */
  readonly threadTs?: string;
  readonly parentTs?: string;
  /** By index of the reply; null: not posted yet. */
  readonly replyTs: readonly (string | null)[];
  /**
   * Written before each post, gone with the write that records its ts. Found by a later run, it means that a run ended
   * between the two: the message may stand in the channel although no ts is known, so look for it before posting.
   */
  readonly intent?: { readonly slot: Slot; readonly at: EpochSeconds };
}

/** Remembers what was posted, so that a job that runs twice edits instead of posting. */
export interface PostLedger {
  read(questionId: string): Promise<PostRecord | undefined>;
  write(questionId: string, record: PostRecord): Promise<void>;
  /** One run at a time posts for a question, whichever process it is in: read, post and write inside. */
  exclusively<Result>(questionId: string, work: () => Promise<Result>): Promise<Result>;
}
