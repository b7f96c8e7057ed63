import { parseSnapshot } from '../../src/vpc/parse-snapshot.ts';
import type { Snapshot } from '../../src/vpc/snapshot.ts';
import { ACCOUNT, REGION } from './vpc-plan.ts';

/** The snapshot of one account and region whose calls returned these members. */
export function parseMembers(members: Readonly<Record<string, unknown>>): Snapshot {
  return parseSnapshot([{ accountId: ACCOUNT, region: REGION, ...members }]);
}
