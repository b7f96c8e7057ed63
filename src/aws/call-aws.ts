import { ExpectedError } from '../failure/expected-error.ts';
import type { Failure, Place } from '../failure/failure.ts';
import type { CallMeter } from './call-meter.ts';
import type { CallName } from './calls.ts';
import type { PlaceClients } from './clients.ts';
import type { Slots } from './slots.ts';
import { toFailure } from './to-failure.ts';

/** A question put to one account and region. */
export interface Asking {
  readonly place: Place;
  readonly clients: PlaceClients;
  /** The asker's own: AWS's answer is not wanted any more. */
  readonly cancelled: AbortSignal;
  /** `cancelled`, or time is up. */
  readonly signal: AbortSignal;
  readonly meter: CallMeter;
  readonly slots: Slots;
  /** How many answers had to be waited for before this could be asked, plus one. */
  readonly round: number;
  /** How many pages of one listing are read at most. */
  readonly pages: number;
}

export interface SendOptions {
  readonly abortSignal: AbortSignal;
}

/** The one way to AWS: counts, waits for its turn, passes the signal on and turns refusals into `ExpectedError`. */
export async function callAws<Output>(
  asking: Asking,
  call: CallName,
  send: (options: SendOptions) => Promise<Output>,
): Promise<Output> {
  const turn = `${asking.place.accountId ?? ''} ${call}`;
  return asking.slots.run(turn, async () => {
    try {
      asking.signal.throwIfAborted();
      asking.meter.count(asking.round);
      return await send({ abortSignal: asking.signal });
    } catch (error) {
      throw asExpected(error, asking, call);
    }
  });
}

/** What AWS, the network or the asker's signal did, as an `ExpectedError`; a fault of ours stays what it is. */
export function asExpected(error: unknown, asking: Asking, call: CallName): unknown {
  if (error instanceof ExpectedError) return error;
  const failure = asking.signal.aborted ? ofSignal(asking) : toFailure(error, { call, place: asking.place });
  return failure === undefined ? error : new ExpectedError(failure, { cause: error });
}

function ofSignal(asking: Asking): Failure {
  return asking.cancelled.aborted
    ? { kind: 'cancelled', detail: 'the question was withdrawn' }
    : { kind: 'unreachable', service: 'AWS', detail: 'no answer before time was up' };
}
