import { parseSnapshot } from '../vpc/parse-snapshot.ts';

export interface FlowLogHome {
  readonly accountId: string;
  readonly region: string;
}

/** Log groups of this account that these flow logs write to. Those of other accounts cannot be looked at from here. */
export function logGroupNames(flowLogs: readonly unknown[], home: FlowLogHome): readonly string[] {
  const parsed = parseSnapshot([{ ...home, FlowLogs: flowLogs }]).flowLogs;
  return parsed.flatMap(({ destination }) => {
    if (destination.kind !== 'cloud-watch-logs') return [];
    const isHere = destination.accountId === undefined || destination.accountId === home.accountId;
    return isHere ? [destination.logGroup] : [];
  });
}
