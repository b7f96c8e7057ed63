import { ServiceError } from './service-error.ts';
import type { JsonRecord } from './record.ts';

/** A query that somebody started. What it comes to is known at once; it is told when it was looked at often enough. */
export interface BookedQuery {
  readonly accountId: string;
  readonly rows: readonly JsonRecord[];
  readonly scannedBytes: number;
  readonly matched: number;
  /** How it ends if not well. */
  readonly failure?: { readonly state: string; readonly reason: string };
  looks: number;
  isStopped: boolean;
}

/** Queries of CloudWatch Logs Insights and Athena, which are started by one call and told by another. */
export interface QueryBook {
  /** Answers the id of the query. */
  readonly open: (query: Omit<BookedQuery, 'looks' | 'isStopped'>) => string;
  readonly find: (id: string, accountId: string) => BookedQuery;
}

export function createQueryBook(): QueryBook {
  const queries = new Map<string, BookedQuery>();
  return {
    open(query) {
      const id = `00000000-demo-0000-0000-${String(queries.size + 1).padStart(12, '0')}`;
      queries.set(id, { ...query, looks: 0, isStopped: false });
      return id;
    },
    find(id, accountId) {
      const query = queries.get(id);
      if (query?.accountId !== accountId) throw new ServiceError('ResourceNotFoundException', `No query ${id}.`);
      return query;
    },
  };
}
