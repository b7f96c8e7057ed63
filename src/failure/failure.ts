/** Something that stopped us, in terms of who can put it right. */
export type Failure =
  | {
      readonly kind: 'not-understood';
      readonly input: string;
      readonly expected: string;
      /** What was being asked, so that the example is one of it; absent: why traffic was rejected. */
      readonly verb?: 'path' | 'audit';
    }
  | { readonly kind: 'not-allowed'; readonly account: string }
  | {
      readonly kind: 'no-such-resource';
      readonly id: string;
      readonly lookedIn: readonly Place[];
      /** Places that would not let us look: it may be there. */
      readonly refusedIn?: readonly Place[];
      /** Only in some accounts was it looked for: it may be in one that is withheld from the asker. */
      readonly isWithheld?: true;
      /** The file of the recorded network that it was looked for in: elsewhere nobody looked. */
      readonly recordedIn?: string;
    }
  | { readonly kind: 'ambiguous-target'; readonly id: string; readonly candidates: readonly Candidate[] }
  /** Of the accounts that the asker may ask about, the bot reads none. */
  | { readonly kind: 'no-account-in-reach' }
  | { readonly kind: 'no-credentials'; readonly detail: string }
  /** Neither the question nor the configuration nor the environment names a region. */
  | { readonly kind: 'no-region' }
  | { readonly kind: 'missing-permission'; readonly action: string; readonly place: Place }
  | { readonly kind: 'throttled'; readonly service: string }
  | { readonly kind: 'unreachable'; readonly service: string; readonly detail: string }
  | { readonly kind: 'cancelled'; readonly detail: string };

/** An account and region where we looked; the account is absent until AWS has told it. */
export interface Place {
  readonly accountId?: string;
  readonly region: string;
}

/** One of several interfaces that answer to the same name or address. */
export interface Candidate extends Place {
  readonly interfaceId: string;
  readonly name?: string;
  readonly vpcId?: string;
}
