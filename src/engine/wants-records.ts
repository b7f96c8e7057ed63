import { parseNetworkInterfaceId, type NetworkInterfaceId } from '../vpc/ids.ts';
import type { Diagnosis } from './diagnosis.ts';

/** Each is a question of its own; an instance with more interfaces is a network appliance. */
const MOST_INTERFACES = 3;

/** Other interfaces of the instance whose records would tell more: the host may have answered by one of them (T-39). */
export function wantsRecordsOf({ findings }: Pick<Diagnosis, 'findings'>): readonly NetworkInterfaceId[] {
  const unread = findings
    .filter(({ row }) => row === 'T-39')
    .flatMap(({ gaps }) => gaps)
    .filter(({ fact, because }) => fact === 'flow-log-records' && because === 'not-collected')
    .flatMap(({ about = '' }) => parseNetworkInterfaceId(about) ?? []);
  return [...new Set(unread)].slice(0, MOST_INTERFACES);
}
