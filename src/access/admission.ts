import type { Allowed, Refused, Wanted } from './may-ask.ts';

/** Who asks and where, as the payload from Slack says it. */
export interface Approach {
  readonly teamId: string;
  readonly userId: string;
  readonly channelId: string;
  /** The asker's own team where the payload names one beside the workspace it came from. */
  readonly userTeamId?: string;
}

/** What was typed or pressed, for the line in the log. */
export interface Request extends Wanted {
  /** The kind of command. */
  readonly kind: string;
  readonly text: string;
}

/** Whether somebody may have what they ask for: before anything is done, for every way in. Never throws. */
export type Admit = (approach: Approach, request: Request) => Promise<Allowed | Refused>;
