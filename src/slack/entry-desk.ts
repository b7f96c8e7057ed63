import type { Admit } from '../access/admission.ts';
import type { Allowed } from '../access/may-ask.ts';
import type { AuditDeed } from '../command/audit-command.ts';
import type { QuestionCommand } from '../command/command.ts';
import type { Document } from '../explain/document.ts';
import type { EpochSeconds } from '../lang/time.ts';

/** Who asks, when, where and by which way in. */
export interface Asking {
  readonly askedAt: EpochSeconds;
  readonly teamId: string;
  readonly userId: string;
  /** The asker's own team, where Slack names one beside the workspace it came from. */
  readonly userTeamId?: string;
  readonly channelId: string;
  /** The thread the answer belongs in. Absent: a message of its own in the channel. */
  readonly threadTs?: string;
  readonly via: 'command' | 'mention' | 'shortcut' | 'modal' | 'home' | 'button';
  /** What was read out of free text, in words for people. */
  readonly took?: string;
}

/** What somebody was admitted to. */
export type Admitted = Pick<Allowed, 'accounts' | 'audience'>;

/** Somebody who has passed the gate. */
export interface AdmittedAsking extends Asking {
  readonly access: Admitted;
}

/** A question as Slack brought it, before it is a job. */
export interface AskedQuestion extends AdmittedAsking {
  readonly kind: QuestionCommand['kind'];
  readonly text: string;
}

/** Takes a question in, once: the same one again within two minutes is the same job. Throws `ExpectedError`. */
export type TakeQuestion = (
  question: AskedQuestion,
) => Promise<{ readonly kind: 'added' | 'duplicate'; readonly permalink?: string }>;

/** Does what was asked about audits and says what was done. Throws `ExpectedError`. */
type ManageAudits = (deed: AuditDeed, asker: AdmittedAsking) => Promise<Document>;

/** What every way in needs, as functions: `bin` connects them. */
export interface EntryDesk {
  readonly command: string;
  /** The gate: asked before anything is done for somebody. */
  readonly admit: Admit;
  readonly take: TakeQuestion;
  readonly manageAudits: ManageAudits;
  /** Says something in the thread, once for each key, whoever else says it at the same time. Throws `ExpectedError`. */
  readonly tell: (asking: Asking, key: string, document: Document) => Promise<void>;
  /** Does the work unless that event was handled already. */
  readonly once: (eventId: string, work: () => Promise<void>) => Promise<void>;
  /** Unix seconds. */
  readonly now: () => EpochSeconds;
  /** A defect or a loss that somebody must look at. The fixed text comes first, the variable part is data. */
  readonly report: (message: string, error: unknown) => void;
}
