import type { QuestionContext } from './asking-for.ts';
import type { AwsSettings } from './aws-settings.ts';
import type { ObserveCall } from './call-aws.ts';
import { CallMeter } from './call-meter.ts';
import type { AwsClients } from './clients.ts';
import { withDeadline } from './deadline.ts';
import type { Slots } from './slots.ts';

interface Asker {
  readonly askedBy: string;
  /** The asker's own signal. */
  readonly cancelled: AbortSignal;
  /** `cancelled`, or the answer is known. */
  readonly signal: AbortSignal;
}

interface Connections {
  readonly settings: AwsSettings;
  readonly clients: AwsClients;
  readonly slots: Slots;
  readonly observe: ObserveCall;
}

/** Begins to count and to take the time. */
export function questionContext({ settings, clients, slots, observe }: Connections, asker: Asker): QuestionContext {
  return {
    ...asker,
    clients,
    slots,
    observe,
    limits: settings.limits,
    meter: new CallMeter(),
    unhurried: asker.signal,
    signal: withDeadline(asker.signal, settings.limits.collectMilliseconds),
  };
}
