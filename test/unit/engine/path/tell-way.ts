import { assertNever } from '../../../../src/lang/exhaustive.ts';
import type { Hop, HopOutcome, Trace } from '../../../../src/engine/path/path.ts';
import { formatAddress } from '../../../../src/net/address.ts';
import type { Packet } from '../../../../src/net/packet.ts';
import {
  acl,
  eigw,
  eni,
  igw,
  nat,
  pcx,
  rtb,
  sgr,
  subnet,
  tgw,
  tgwTable,
  vgw,
  vpc,
  vpce,
} from '../../../support/ids.ts';

/** A leg, a line for each hop, with ids turned back into these names. */
export function tellWay({ hops }: Trace, names: readonly string[]): readonly string[] {
  const known = new Map(names.flatMap((name) => idsOf(name).map((id) => [id, name] as const)));
  const nameOf = (id: string | undefined): string => known.get(id ?? '') ?? id ?? '-';
  return hops.map((hop) => {
    const { kind, id, vpcId, subnetId, direction = '', packet, outcome } = hop satisfies Hop;
    const place = `${nameOf(id)} in ${nameOf(vpcId)}/${nameOf(subnetId)}`;
    return [kind, place, direction, packetWords(packet), outcomeWords(outcome, nameOf)]
      .filter((word) => word !== '')
      .join(' ');
  });
}

function idsOf(name: string): readonly string[] {
  const kinds = [acl, eigw, eni, igw, nat, pcx, rtb, subnet, tgw, tgwTable, vgw, vpc, vpce];
  return [...kinds.map((idOf) => idOf(name)), sgr(name, 'ingress', 0), sgr(name, 'egress', 0)];
}

/** The port of the service, in whichever leg. */
function packetWords(packet: Packet | undefined): string {
  if (packet === undefined) return '';
  const { source, destination, sourcePort, destinationPort } = packet;
  return `[${formatAddress(source)}${portWords(sourcePort)} > ${formatAddress(destination)}${portWords(destinationPort)}]`;
}

function portWords(port: number | undefined): string {
  if (port === undefined) return '';
  return port < 1024 ? ` ${port}` : ' any';
}

function outcomeWords(outcome: HopOutcome, nameOf: (id: string | undefined) => string): string {
  if (outcome.kind === 'blocked') return `stopped: ${outcome.obstacles.map(({ kind }) => kind).join(', ')}`;
  if (outcome.kind === 'unknown') return `unknown: ${outcome.gaps.map(({ fact }) => fact).join(', ')}`;
  const { by } = outcome;
  switch (by?.kind) {
    case 'rules':
      return `by rule of ${by.ids.map(nameOf).join(', ')}`;
    case 'entry':
      return `by entry ${by.ruleNumber}`;
    case 'route':
      return `to ${by.route.target.kind}`;
    case 'translated':
      return `${by.what} ${formatAddress(by.from)} is now ${formatAddress(by.to)}`;
    case 'tracked':
      return 'tracked';
    case undefined:
      return '';
    default:
      return assertNever(by);
  }
}
