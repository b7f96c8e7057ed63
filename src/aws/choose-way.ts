import { assertNever } from '../lang/exhaustive.ts';
import type { ConfiguredTable, LargeLogs } from './large-logs.ts';

/** What is known of a log before it is read. */
export type KnownLog = KnownGroup | KnownBucket;

export interface KnownGroup {
  readonly kind: 'cloud-watch-logs';
  /** What there is to read. Absent: nobody can tell before. */
  readonly bytes?: number;
  /** Of a class that refuses to be read (API-47). */
  readonly isOnlyQueried?: boolean;
}

interface KnownBucket {
  readonly kind: 's3';
  readonly bucket: string;
  /** Of all files of the window. */
  readonly bytes: number;
}

export type Way =
  | { readonly kind: 'read' }
  | { readonly kind: 'ask-insights' }
  | { readonly kind: 'ask-athena'; readonly table: ConfiguredTable };

/** Whether a log is read, or asked about by a query: what is configured for it, and how much there is (API-52). */
export function chooseWay(log: KnownLog, largeLogs: LargeLogs | undefined): Way {
  if (largeLogs === undefined) return READ;
  switch (log.kind) {
    case 'cloud-watch-logs':
      return wayToGroup(log, largeLogs);
    case 's3':
      return wayToBucket(log, largeLogs);
    default:
      return assertNever(log);
  }
}

const READ: Way = { kind: 'read' };

function wayToGroup({ bytes = 0, isOnlyQueried = false }: KnownGroup, { insights }: LargeLogs): Way {
  if (insights === undefined) return READ;
  return isOnlyQueried || bytes >= insights.fromBytes ? { kind: 'ask-insights' } : READ;
}

function wayToBucket({ bucket, bytes }: KnownBucket, { athena }: LargeLogs): Way {
  if (athena === undefined || bytes < athena.fromBytes) return READ;
  const table = athena.tables.find((each) => each.bucket === bucket);
  return table === undefined ? READ : { kind: 'ask-athena', table };
}
