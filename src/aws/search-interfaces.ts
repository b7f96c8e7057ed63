import type { Target } from '../command/command.ts';
import { assertNever } from '../lang/exhaustive.ts';
import { formatAddress, type Address } from '../net/address.ts';
import { cidrContains, parseCidr } from '../net/cidr.ts';
import type { Asking } from './call-aws.ts';
import { describe } from './describe.ts';
import { answersTo, parseFoundInterface } from './found-interface.ts';
import type { Narrowing } from './keep-matching.ts';

/** Interfaces that the target stands for, in one account and region. */
export async function searchInterfaces(asking: Asking, target: Target): Promise<readonly unknown[]> {
  const interfaces = (narrow: Narrowing) => interfacesIn(asking, narrow);
  switch (target.kind) {
    case 'network-interface':
      return interfaces({ 'network-interface-id': [target.id] });
    case 'instance':
      return interfaces({ 'attachment.instance-id': [target.id] });
    case 'address':
      return searchAddress(asking, target.address);
    default:
      return assertNever(target);
  }
}

export async function interfacesIn(asking: Asking, narrow: Narrowing): Promise<readonly unknown[]> {
  return (await describe(asking, 'DescribeNetworkInterfaces', narrow)).items;
}

/** AWS has one filter for each kind of address, and several filters in one call must all hold. */
async function searchAddress(asking: Asking, address: Address): Promise<readonly unknown[]> {
  const text = formatAddress(address);
  const answers = await Promise.all(
    addressFilters(address).map((filter) => interfacesIn(asking, { [filter]: [text] })),
  );
  return keepAnswering(answers.flat(), address);
}

function addressFilters(address: Address): readonly string[] {
  if (address.family === 'ipv6') return ['ipv6-addresses.ipv6-address'];
  const isPrivate = PRIVATE_BLOCKS.some((block) => block !== undefined && cidrContains(block, address));
  return isPrivate ? ['addresses.private-ip-address'] : ['addresses.private-ip-address', 'association.public-ip'];
}

/** RFC 1918 and RFC 6598: never a public address. Public blocks may well be used inside a VPC. */
const PRIVATE_BLOCKS = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'].map(parseCidr);

export function keepAnswering(items: readonly unknown[], address: Address): unknown[] {
  return items.filter((item) => {
    const found = parseFoundInterface(item);
    return found !== undefined && answersTo(found, address);
  });
}
