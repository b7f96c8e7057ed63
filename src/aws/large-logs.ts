import type { Prices } from '../audit/prices.ts';
import type { AthenaTable } from '../flowlog/athena-query.ts';
import type { Query } from './calls.ts';

/**
 * How logs are asked about that are too large to be read. AWS charges queries by what they scan, so nothing of this is
 * on unless the configuration says so.
 */
export interface LargeLogs {
  /** Absent: log groups are read and never queried. */
  readonly insights?: InsightsSettings;
  /** Absent: buckets are read and never queried. */
  readonly athena?: AthenaSettings;
  /** For one query, from its start to the last page of its results. */
  readonly queryMilliseconds: number;
  /** What the answer estimates the cost with. */
  readonly prices: Prices;
}

interface AthenaSettings {
  /** Queried are windows whose files are as large, packed as they are. */
  readonly fromBytes: number;
  /** A bucket without a table is read. */
  readonly tables: readonly ConfiguredTable[];
}

export interface ConfiguredTable extends AthenaTable {
  readonly bucket: string;
  readonly workgroup: string;
  /** Absent: where the workgroup puts results. */
  readonly outputLocation?: string;
}

interface InsightsSettings {
  /** Queried are interfaces that log as much in the time asked about, as the first page of their records lets expect. */
  readonly fromBytes: number;
  /** A query that has scanned as much is stopped; what it found until then counts. */
  readonly scanBytes: number;
}

/**
 * Some 50 MB of events, a megabyte a call (API-38), or of packed files, are what the time for reading is enough for.
 * 200 GB are about a dollar's worth of scanning.
 */
export const DEFAULT_LARGE_LOGS = {
  insights: { fromBytes: 50_000_000, scanBytes: 200_000_000_000 },
  athena: { fromBytes: 50_000_000 },
  queryMilliseconds: 60_000,
} as const;

/** The ways of asking that are configured. */
export function queriesOf(largeLogs: LargeLogs | undefined): readonly Query[] {
  return QUERIES.filter((query) => largeLogs?.[query] !== undefined);
}

const QUERIES = ['insights', 'athena'] as const satisfies readonly Query[];
