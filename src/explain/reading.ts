import type { Failure } from '../failure/failure.ts';
import type { NonEmpty } from '../lang/non-empty.ts';
import type { TimeWindow } from '../lang/time.ts';
import type { Address } from '../net/address.ts';
import type { Protocol } from '../net/protocol.ts';
import type { InstanceId, NetworkInterfaceId } from '../vpc/ids.ts';

/** What a message that was not written for this bot asks about: one question, several that it might be, or none. */
export type FreeTextReading =
  | ReadQuestion
  /** It cannot be told which one is meant. `left`: how many more there would be. */
  | { readonly kind: 'several'; readonly choices: NonEmpty<Choice>; readonly left?: number }
  | { readonly kind: 'nothing'; readonly because?: NothingBecause };

interface ReadQuestion extends Choice {
  readonly kind: 'question';
}

/** A question as one would type it, and what it was made of. */
export interface Choice {
  readonly command: string;
  readonly took: readonly Took[];
}

export type NothingBecause =
  /** Nobody here can look a name up. */
  | { readonly kind: 'host-name'; readonly name: string; readonly port?: number }
  /** It is a command, but a wrong one. */
  | { readonly kind: 'mistyped'; readonly failure: Failure };

/** Something that was taken from a text. */
export type Took = TookValue & TookFrom;

interface TookFrom {
  /** The words that say so, as they stand in the text. */
  readonly words: string;
  /** From the message that the question answers to, not from the question itself. */
  readonly isAbove?: true;
}

export type TookValue =
  | { readonly kind: 'network-interface'; readonly id: NetworkInterfaceId; readonly role?: Role }
  | { readonly kind: 'instance'; readonly id: InstanceId; readonly role?: Role }
  | { readonly kind: 'address'; readonly address: Address; readonly role?: Role }
  | { readonly kind: 'elsewhere'; readonly name: 'internet' | 's3' | 'dynamodb'; readonly role?: Role }
  /** A name that was there in place of an end, and is no part of the question. */
  | { readonly kind: 'host-name'; readonly name: string; readonly role?: Role }
  /** `service`: the name that stood for the number. */
  | { readonly kind: 'port'; readonly port: number; readonly service?: string }
  | { readonly kind: 'protocol'; readonly protocol: Protocol }
  | { readonly kind: 'window'; readonly window: TimeWindow }
  | { readonly kind: 'flow-log-line' };

export type Role = 'source' | 'destination';
