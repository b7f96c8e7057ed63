import { formatAddress, type Family } from '../net/address.ts';
import type { Direction } from '../net/direction.ts';
import type { Protocol } from '../net/protocol.ts';
import type { AccountId, Region } from '../vpc/ids.ts';
import type { Telling } from './telling.ts';

/** A packet before a filter, in the words that are said of it. */
export interface Meeting {
  readonly reader: Reader;
  readonly leg: 'forward' | 'return';
  readonly protocol: Protocol;
  readonly family: Family;
  /** Addresses, or what stands for them: `the internet`. */
  readonly source: string;
  readonly destination: string;
  readonly destinationPort?: number;
}

/** Where the filter is read from: links lead to that region, and its own account needs no mention. */
export interface Reader {
  readonly region?: Region;
  readonly accountId?: AccountId;
}

/** The rejected packet of a finding, before any filter of the interface. */
export function meetingOf({ finding, diagnosis }: Telling): Meeting {
  const { leg, protocol, source, destination, destinationPort } = finding.flow;
  return {
    reader: diagnosis.target,
    leg,
    protocol,
    family: source.family,
    source: formatAddress(source),
    destination: formatAddress(destination),
    ...(destinationPort !== undefined && { destinationPort }),
  };
}

/** The end that a rule of this direction speaks of. */
export function otherEnd({ source, destination }: Meeting, direction: Direction): string {
  return direction === 'ingress' ? source : destination;
}
