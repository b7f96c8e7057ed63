import { ExpectedError } from '../failure/expected-error.ts';
import type { AwsLimits } from './aws-settings.ts';
import type { Asking, ObserveCall } from './call-aws.ts';
import type { CallMeter } from './call-meter.ts';
import type { AwsClients, PlaceClients } from './clients.ts';
import type { ScopedPlace } from './places-in-scope.ts';
import type { Slots } from './slots.ts';

/** What all calls of one question have in common. */
export interface QuestionContext {
  readonly clients: AwsClients;
  readonly limits: AwsLimits;
  readonly slots: Slots;
  readonly observe: ObserveCall;
  readonly meter: CallMeter;
  readonly askedBy: string;
  readonly cancelled: AbortSignal;
  readonly signal: AbortSignal;
  readonly unhurried: AbortSignal;
}

/** Reads the SDK's own region where none is given: only then can answers name where they come from. */
export async function askingFor(place: ScopedPlace, context: QuestionContext): Promise<Asking> {
  const { clients, limits, slots, observe, meter, askedBy, cancelled, signal, unhurried } = context;
  const made = clients.at(place, askedBy);
  const region = place.region ?? (await ownRegion(made));
  const accountId = place.account?.id;
  return {
    place: { ...(accountId === undefined ? {} : { accountId }), region },
    clients: made,
    cancelled,
    signal,
    unhurried,
    meter,
    slots,
    observe,
    round: 1,
    pages: limits.pages,
  };
}

/** The SDK throws a plain `Error` when nothing tells it a region. */
async function ownRegion(clients: PlaceClients): Promise<string> {
  try {
    return await clients.ec2().config.region();
  } catch (error) {
    const isMissing = error instanceof Error && error.message === 'Region is missing';
    throw isMissing ? new ExpectedError({ kind: 'no-region' }, { cause: error }) : error;
  }
}
