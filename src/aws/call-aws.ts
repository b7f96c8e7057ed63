import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
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
  /** `cancelled`, or the answer is known: for what has a time of its own. */
  readonly unhurried: AbortSignal;
  readonly meter: CallMeter;
  readonly slots: Slots;
  readonly observe: ObserveCall;
  /** How many answers had to be waited for before this could be asked, plus one. */
  readonly round: number;
  /** How many pages of one listing are read at most. */
  readonly pages: number;
}

/** Told of every call once it is over; `outcome` is `ok` or the kind of failure. */
export type ObserveCall = (call: {
  readonly name: CallName;
  readonly outcome: string;
  readonly seconds: number;
}) => void;

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
  return asking.slots.run(turn, () => traced(asking, call, () => sendOnce(asking, call, send)));
}

async function sendOnce<Output>(
  asking: Asking,
  call: CallName,
  send: (options: SendOptions) => Promise<Output>,
): Promise<Output> {
  const started = performance.now();
  const observe = (outcome: string): void =>
    asking.observe({ name: call, outcome, seconds: (performance.now() - started) / 1_000 });
  try {
    asking.signal.throwIfAborted();
    asking.meter.count(asking.round);
    const output = await send({ abortSignal: asking.signal });
    observe('ok');
    return output;
  } catch (error) {
    const expected = asExpected(error, asking, call);
    observe(expected instanceof ExpectedError ? expected.failure.kind : 'defect');
    throw expected;
  }
}

/** A span a call, below that of the question; without a provider of traces it costs nothing. */
function traced<Output>({ place, round }: Asking, call: CallName, work: () => Promise<Output>): Promise<Output> {
  const attributes = { 'cloud.region': place.region, 'vpc_why.round': round };
  return trace.getTracer('vpc-why').startActiveSpan(call, { kind: SpanKind.CLIENT, attributes }, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** What AWS, the network or the asker's signal did, as an `ExpectedError`; a fault of ours stays what it is. */
export function asExpected(error: unknown, asking: Asking, call: CallName): unknown {
  if (error instanceof ExpectedError) return error;
  const failure = asking.signal.aborted ? ofSignal(asking) : toFailure(error, { call, place: asking.place });
  return failure === undefined ? error : new ExpectedError(failure, { cause: error });
}

/** Time is up, and the asker still waits. */
export function isTimeUp({ signal, unhurried }: Asking): boolean {
  return signal.aborted && !unhurried.aborted;
}

function ofSignal(asking: Asking): Failure {
  return asking.cancelled.aborted
    ? { kind: 'cancelled', detail: 'the question was withdrawn' }
    : { kind: 'unreachable', service: 'AWS', detail: 'no answer before time was up' };
}
