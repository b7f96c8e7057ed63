import type { Target } from '../command/command.ts';
import { cidrContains, parseCidr } from '../net/cidr.ts';
import type { Surroundings } from './look-around.ts';
import { MOST_FILTER_VALUES } from './network-trails.ts';
import { textsAt } from './texts-at.ts';

/**
 * The VPCs between these ends: where they stand, and where a packet may go on from there, over a peering connection or a
 * transit gateway. `undefined` where that cannot be told, or is too many to be named: then everything is to be read.
 */
export function vpcsOnTheWay(
  places: readonly Surroundings[],
  targets: readonly Target[],
): ReadonlySet<string> | undefined {
  const standing = targets.map((target, index) => vpcsOf(target, index, places));
  if (standing.every((vpcs) => vpcs.length === 0) || standing.some(isUnknownId(targets))) return undefined;
  const there = new Set(places.flatMap(({ vpcs }) => textsAt(vpcs, ['VpcId'])));
  const ends = new Set(standing.flat());
  const ways = [...ends, ...places.flatMap((place) => [...peersOf(place, ends), ...neighboursOf(places, ends)])];
  const wanted = new Set(ways.filter((id) => there.has(id)));
  return wanted.size === 0 || wanted.size > MOST_FILTER_VALUES ? undefined : wanted;
}

/** Who named something by id that nobody has is to hear where it was looked for. */
function isUnknownId(targets: readonly Target[]): (vpcs: readonly string[], index: number) => boolean {
  return (vpcs, index) => vpcs.length === 0 && targets[index]?.kind !== 'address';
}

/** By its interface; an address that no interface has, by the blocks of the VPCs. */
function vpcsOf(target: Target, index: number, places: readonly Surroundings[]): readonly string[] {
  const byInterface = places.flatMap(({ ends }) => textsAt(ends[index], ['VpcId']));
  if (byInterface.length > 0 || target.kind !== 'address') return byInterface;
  const { address } = target;
  return places
    .flatMap(({ vpcs }) => vpcs)
    .filter((vpc) =>
      BLOCKS.flatMap((path) => textsAt(vpc, path))
        .map(parseCidr)
        .some((block) => block !== undefined && cidrContains(block, address)),
    )
    .flatMap((vpc) => textsAt(vpc, ['VpcId']));
}

const BLOCKS = [
  ['CidrBlock'],
  ['CidrBlockAssociationSet', 'CidrBlock'],
  ['Ipv6CidrBlockAssociationSet', 'Ipv6CidrBlock'],
] as const;

function peersOf({ peerings }: Surroundings, ends: ReadonlySet<string>): readonly string[] {
  return peerings
    .map((peering) => ['RequesterVpcInfo', 'AccepterVpcInfo'].flatMap((side) => textsAt(peering, [side, 'VpcId'])))
    .filter((sides) => sides.some((id) => ends.has(id)))
    .flat();
}

/** Attached to a transit gateway that an end is attached to, in whichever account. */
function neighboursOf(places: readonly Surroundings[], ends: ReadonlySet<string>): readonly string[] {
  const attachments = places.flatMap((place) => place.attachments);
  const isOfEnd = (each: unknown): boolean => textsAt(each, ['VpcId']).some((id) => ends.has(id));
  const gateways = new Set(attachments.filter(isOfEnd).flatMap(gatewaysOf));
  return attachments
    .filter((each) => gatewaysOf(each).some((id) => gateways.has(id)))
    .flatMap((each) => textsAt(each, ['VpcId']));
}

function gatewaysOf(attachment: unknown): readonly string[] {
  return textsAt(attachment, ['TransitGatewayId']);
}
