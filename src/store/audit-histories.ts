import * as z from 'zod';
import type { AuditHistory } from '../audit/audit-history.ts';
import { holdLease } from './lease.ts';
import { safeJson } from './safe-json.ts';
import type { Store } from './store.ts';

/** What each scheduled audit found last. */
export interface AuditHistories {
  readonly read: (audit: string) => Promise<AuditHistory | undefined>;
  readonly write: (audit: string, history: AuditHistory) => Promise<void>;
  readonly forget: (audit: string) => Promise<void>;
  /** One run at a time, in whichever process: read, post and write inside. */
  readonly exclusively: <Result>(audit: string, work: () => Promise<Result>) => Promise<Result>;
}

/** Longer than any schedule's pause; each run begins it anew. */
const KEPT_SECONDS = 400 * 86_400;

export function createAuditHistories(store: Store): AuditHistories {
  return {
    read: async (audit) => {
      const text = await store.read(keyOf(audit));
      return text === undefined ? undefined : parseHistory(text);
    },
    write: (audit, history) => store.write(keyOf(audit), JSON.stringify(history), KEPT_SECONDS),
    forget: (audit) => store.remove(keyOf(audit)),
    exclusively: (audit, work) => holdLease(store, `auditing:${audit}`, work),
  };
}

function keyOf(audit: string): string {
  return `audit:${audit}`;
}

/** A history nobody can read is none: to be told everything again is the lesser evil than never being told. */
function parseHistory(text: string): AuditHistory | undefined {
  const parsed = History.safeParse(safeJson(text));
  return parsed.success ? parsed.data : undefined;
}

const Branded = <Id>() => z.custom<Id>((value) => typeof value === 'string');

const StoredObject = z.object({
  id: z.string(),
  name: z.string().exactOptional(),
  accountId: Branded<NonNullable<ObjectOf['accountId']>>().exactOptional(),
  region: Branded<NonNullable<ObjectOf['region']>>().exactOptional(),
  vpcId: Branded<NonNullable<ObjectOf['vpcId']>>().exactOptional(),
});
type ObjectOf = AuditHistory['findings'][number]['objects'][number];

const Finding = z.object({
  id: z.string(),
  kind: z.string(),
  severity: z.enum(['high', 'medium', 'low']),
  objects: z.tuple([StoredObject], StoredObject),
  measure: z.number().exactOptional(),
  title: z.string(),
  firstSeen: z.number(),
  lastSeen: z.number(),
  muted: z.boolean(),
});

const History = z.object({
  ranAt: z.number(),
  judgedAt: z.number().exactOptional(),
  postedAt: z.number().exactOptional(),
  findings: z.array(Finding),
  blindSpots: z.array(z.string()),
  trouble: z.string().exactOptional(),
});
