import type { NonEmpty } from '../lang/non-empty.ts';
import type { EpochSeconds } from '../lang/time.ts';
import type { Secret } from './secrets.ts';

/** Text for people, without a medium. A renderer escapes; nothing in here is markup. */
export interface Document {
  /** The first line, alone: what a notification or a screen reader says. One sentence, no markup. */
  readonly summary: string;
  readonly blocks: readonly Block[];
}

/** One answer: a message in the channel and replies in its thread, at most three to a question. */
export interface Thread {
  readonly parent: Document;
  readonly replies: readonly Document[];
  /** What of it only those inside may read. Asked for only where others read along. Absent: nothing but what has a shape. */
  readonly secrets?: () => readonly Secret[];
}

export type Block =
  | { readonly kind: 'headline'; readonly tone: Tone; readonly spans: NonEmpty<Span> }
  | { readonly kind: 'title'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly spans: NonEmpty<Span> }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly NonEmpty<Span>[] }
  /** A shell command to copy, one string with its own line breaks. */
  | { readonly kind: 'command'; readonly shell: string }
  /** Terraform resources to copy, one string with its own line breaks. */
  | { readonly kind: 'terraform'; readonly hcl: string }
  /** Raw lines, as AWS logged them. */
  | { readonly kind: 'evidence'; readonly lines: readonly string[] }
  /** Small print: sources, times, who asked. */
  | { readonly kind: 'note'; readonly spans: NonEmpty<Span> }
  /** What may be asked for with a click, where the medium has buttons. At most four. */
  | { readonly kind: 'buttons'; readonly actions: NonEmpty<AnswerAction> };

/** What a button below an answer does. Its words are the renderer's. */
export const ANSWER_ACTIONS = ['watch', 'evidence', 'picture', 'again'] as const;
export type AnswerAction = (typeof ANSWER_ACTIONS)[number];

/** Emoji and word come from one table in the renderer: never colour alone. */
export const TONE_NAMES = [
  'blocked',
  'likely-blocked',
  'not-blocked',
  'no-evidence',
  'could-not-check',
  'working',
  // Of a path, which is judged by configuration alone.
  'reachable',
  'undetermined',
  // How bad a finding of an audit is.
  'high',
  'medium',
  'low',
  // Of an audit or a watched flow, since the last look.
  'resolved',
  'unchanged',
] as const;
export type Tone = (typeof TONE_NAMES)[number];

export type Span =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'strong'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  /** An AWS object; with `url` a renderer links to the console. */
  | { readonly kind: 'resource'; readonly id: string; readonly label?: string; readonly url?: string }
  /** Local time for people where the medium can, UTC elsewhere. `clockOnly` leaves out a date that was just said. */
  | { readonly kind: 'time'; readonly at: EpochSeconds; readonly clockOnly?: true }
  /** Who asked: a Slack user id, which Slack shows as a name, or a name as it is. */
  | { readonly kind: 'person'; readonly id: string }
  /** Who acted in AWS: a role, user or service by its name. Not for readers of other organisations. */
  | { readonly kind: 'principal'; readonly text: string }
  /** A Slack channel's id, which Slack shows as its name to those who may see it. */
  | { readonly kind: 'channel'; readonly id: string };
