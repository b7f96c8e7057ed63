import type { Observations } from '../flowlog/observations.ts';
import type { Gap } from '../vpc/gap.ts';
import type { FlowLogId, NetworkInterfaceId } from '../vpc/ids.ts';
import type { LogReading } from './diagnosis.ts';

/** What was read of the other interfaces of the instance, once an answer was missed. One that is absent was not looked at. */
export type OtherRecords = ReadonlyMap<NetworkInterfaceId, RecordsOfOther>;

export type RecordsOfOther =
  | {
      readonly kind: 'read';
      readonly observations: Observations;
      readonly logReadings: ReadonlyMap<FlowLogId, LogReading>;
    }
  | { readonly kind: 'refused'; readonly gap: Gap };
