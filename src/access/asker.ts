/** Who asks, and where, as far as Slack told. */
export interface Asker {
  readonly teamId: string;
  readonly userId: string;
  readonly channelId: string;
  readonly standing: Standing;
  readonly channel: ChannelReach;
  /** Those of the groups in the policy that the asker is in. */
  readonly userGroups: readonly string[] | 'unknown';
}

/** `outsider`: of another organisation. `unknown`: Slack did not tell in time. */
export type Standing = 'member' | 'guest' | 'outsider' | 'unknown';

/** `shared`: people of other organisations read it, too. */
export type ChannelReach = 'own' | 'shared' | 'unknown';

/** Who reads an answer: `shared` when somebody from outside may. */
export type Audience = 'inside' | 'shared';
