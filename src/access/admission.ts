import type { Asker } from './asker.ts';
import type { Permission, Wanted } from './may-ask.ts';

/** Who asks and where, as the payload from Slack says it. */
export type Approach = Pick<Asker, 'teamId' | 'userId' | 'channelId'>;

/** What was typed or pressed; the words are for the line in the log. */
interface Request extends Wanted {
  /** Of the command. */
  readonly kind: string;
  readonly text: string;
  /** `command`, `mention`, `button`. */
  readonly via: string;
  /** Nobody asked for it, so a refusal is no event: whether to show what somebody may manage. */
  readonly isUnasked?: true;
}

/** Whether somebody may have what they ask for: asked by every way in, before anything is done. Never throws. */
export type Admit = (approach: Approach, request: Request) => Promise<Permission>;
