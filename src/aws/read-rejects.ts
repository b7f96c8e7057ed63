import type { Observations } from '../flowlog/observations.ts';
import { createObserver } from '../flowlog/observe.ts';
import type { ProofRequest } from '../workflow/sources.ts';
import type { AwsLimits } from './aws-settings.ts';
import type { Asking } from './call-aws.ts';
import { beginChain } from './chain.ts';
import { chooseFlowLogs } from './choose-flow-logs.ts';
import { readLog } from './read-log.ts';
import { isReadable } from './readable-destination.ts';

/** What one log that shows rejects says of the interface; `undefined` where there is none, or none of it came in time. */
export async function readRejects(
  asking: Asking,
  request: ProofRequest,
  limits: AwsLimits,
): Promise<Observations | undefined> {
  const { interface: own, accountId, window, flowLogs } = request;
  const [log] = chooseFlowLogs(flowLogs.filter(isReadable), { accept: true, reject: false });
  if (log === undefined || window === undefined) return undefined;
  const observer = createObserver({
    interfaceId: own.id,
    addresses: own.addresses.map(({ address }) => address),
    window,
    limits: { records: limits.proofRecords, bytes: limits.proofBytes },
  });
  const { reading, stopped } = await readLog(log, {
    asking: beginChain(asking),
    accountId,
    interfaceId: own.id,
    window,
    limits: { ...limits, logRecords: limits.proofRecords },
    observer,
    only: 'REJECT',
    onProgress: () => undefined,
  });
  if (stopped !== undefined) observer.stop(stopped);
  return reading.kind === 'read' ? observer.finish() : undefined;
}
