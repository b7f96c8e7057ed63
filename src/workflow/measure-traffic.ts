import type { NatTraffic, ServiceTraffic, GatewayService } from '../audit/traffic.ts';
import { covers } from '../engine/coverage.ts';
import { ExpectedError } from '../failure/expected-error.ts';
import type { FlowGroup, Observations } from '../flowlog/observations.ts';
import type { EpochSeconds, TimeWindow } from '../lang/time.ts';
import type { NatGateway } from '../vpc/gateway.ts';
import type { NetworkInterface } from '../vpc/network-interface.ts';
import type { Snapshot } from '../vpc/snapshot.ts';
import type { Collect } from './sources.ts';

/** An hour tells whether S3 is paid for by the gigabyte; more would be read for minutes. */
const WINDOW_SECONDS = 3_600;
/** Each costs a whole question. */
const MOST_GATEWAYS = 10;

export interface Measuring {
  readonly collect: Collect;
  readonly askedBy: string;
  readonly now: EpochSeconds;
  readonly signal: AbortSignal;
}

/**
 * What NAT gateways carried to S3 and DynamoDB in the last hour, by the records of their own interfaces. Only logs that
 * name the service can tell (FLOW-26); a gateway whose records cannot be read is not measured.
 */
export async function measureTraffic(snapshot: Snapshot, measuring: Measuring): Promise<ServiceTraffic | undefined> {
  const window = { start: measuring.now - WINDOW_SECONDS, end: measuring.now };
  const measurable = [...snapshot.natGateways.values()].flatMap((nat) => {
    const at = interfaceOf(nat, snapshot);
    return at === undefined ? [] : [{ nat, at }];
  });
  const measured: NatTraffic[] = [];
  for (const { nat, at } of measurable.slice(0, MOST_GATEWAYS)) {
    const observations = await read(at, { ...measuring, snapshot, window });
    if (observations !== undefined) measured.push(...trafficOf(nat, observations));
  }
  return measured.length === 0 ? undefined : { window, throughNat: measured };
}

/** The interface whose records name services: without such a log nothing could be measured. */
function interfaceOf({ addresses, state }: NatGateway, snapshot: Snapshot): NetworkInterface | undefined {
  if (state !== 'available') return undefined;
  const at = addresses.flatMap(({ interfaceId }) => interfaceId ?? []).map((id) => snapshot.interfaces.get(id))[0];
  if (at === undefined) return undefined;
  const telling = snapshot.flowLogs.filter((log) => covers(log, at) && log.format.includes('pkt-dst-aws-service'));
  return telling.length === 0 ? undefined : at;
}

interface Reading extends Measuring {
  readonly snapshot: Snapshot;
  readonly window: TimeWindow;
}

async function read(at: NetworkInterface, reading: Reading): Promise<Observations | undefined> {
  const { collect, askedBy, signal, snapshot, window } = reading;
  const vpc = snapshot.vpcs.get(at.vpcId);
  const scope = {
    ...(at.accountId !== undefined && { accountId: at.accountId }),
    ...(vpc !== undefined && { region: vpc.region }),
  };
  const target = { kind: 'network-interface', id: at.id } as const;
  const request = { target, scope, window, askedBy, withoutQueries: true };
  try {
    const { observations } = await collect(request, { signal, onStep: () => undefined });
    return observations.reading.records === 0 ? undefined : observations;
  } catch (error) {
    if (!(error instanceof ExpectedError) || signal.aborted) throw error;
    return undefined;
  }
}

const SERVICE_OF: ReadonlyMap<string, GatewayService> = new Map([
  ['S3', 's3'],
  ['DYNAMODB', 'dynamodb'],
]);

function trafficOf({ id }: NatGateway, { groups }: Observations): readonly NatTraffic[] {
  return [...SERVICE_OF].map(([name, service]) => ({
    at: id,
    service,
    bytes: groups.filter(({ remoteService }) => remoteService === name).reduce((sum, group) => sum + bytesOf(group), 0),
  }));
}

function bytesOf({ ingress, egress }: FlowGroup): number {
  return (ingress.accepted?.bytes ?? 0) + (egress.accepted?.bytes ?? 0);
}
