import type { OtherRecords, RecordsOfOther } from '../engine/other-records.ts';
import { ExpectedError } from '../failure/expected-error.ts';
import type { Gap } from '../vpc/gap.ts';
import type { NetworkInterfaceId } from '../vpc/ids.ts';
import type { RawSnapshot } from '../vpc/raw-snapshot.ts';
import { NO_COST, sideBySide } from './costs.ts';
import { gapOf } from './gap-of.ts';
import type { Collect, Collected, CollectionCost, CollectRequest } from './sources.ts';

export interface Others {
  readonly records: OtherRecords;
  readonly snapshots: readonly RawSnapshot[];
  readonly cost: CollectionCost;
}

/** How the interface was asked about whose instance they belong to. */
export interface AskingOthers {
  readonly collect: Collect;
  readonly request: Omit<CollectRequest, 'target'>;
  readonly signal: AbortSignal;
}

/** Each is looked at like the interface that was asked, all at the same time. What cannot be read is a gap. */
export async function readOthers(ids: readonly NetworkInterfaceId[], asking: AskingOthers): Promise<Others> {
  const readings = await Promise.all(ids.map(async (id) => ({ id, reading: await readOther(id, asking) })));
  const read = readings.flatMap(({ reading }) => ('gap' in reading ? [] : [reading]));
  return {
    records: new Map(readings.map(({ id, reading }) => [id, toRecords(reading)])),
    snapshots: read.flatMap(({ snapshots }) => snapshots),
    cost: read.map(({ cost }) => cost).reduce(sideBySide, NO_COST),
  };
}

type Reading = Collected | { readonly gap: Gap };

async function readOther(id: NetworkInterfaceId, { collect, request, signal }: AskingOthers): Promise<Reading> {
  const target = { kind: 'network-interface', id } as const;
  try {
    return await collect({ ...request, target }, { signal, onStep: () => undefined });
  } catch (error) {
    if (!(error instanceof ExpectedError) || signal.aborted) throw error;
    return { gap: { fact: 'flow-log-records', about: id, ...gapOf(error.failure) } };
  }
}

function toRecords(reading: Reading): RecordsOfOther {
  if ('gap' in reading) return { kind: 'refused', gap: reading.gap };
  return { kind: 'read', observations: reading.observations, logReadings: reading.logReadings };
}
