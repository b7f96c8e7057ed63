import type { RawSnapshot } from '../vpc/raw-snapshot.ts';
import type { ProofRequest } from '../workflow/sources.ts';
import type { Asking } from './call-aws.ts';
import { beginChain, continueChain } from './chain.ts';
import type { Narrowing } from './keep-matching.ts';
import { readPart, type Part } from './read-part.ts';
import { textsAt } from './texts-at.ts';
import { toRawSnapshot } from './to-raw-snapshot.ts';

/** Names are for people, who read a few. */
const MOST_NAMED = 50;

/** Everybody who carries these groups or lives in this VPC, as far as the fix concerns them, and their groups. */
export async function readNeighbourhood(asking: Asking, request: ProofRequest): Promise<RawSnapshot> {
  const { vpcId, groupIds, wholeVpc, accountId } = request;
  const chain = beginChain(asking);
  const ofVpc = { 'vpc-id': [vpcId] };
  const interfacesBy = (narrow: Narrowing): Promise<Part> =>
    readPart(chain, { call: 'DescribeNetworkInterfaces', narrow });
  const [neighbours, carriers, groups] = await Promise.all([
    wholeVpc ? interfacesBy(ofVpc) : undefined,
    groupIds.length > 0 ? interfacesBy({ 'group-id': groupIds }) : undefined,
    readPart(chain, { call: 'DescribeSecurityGroups', narrow: ofVpc }),
  ]);
  const interfaces = [neighbours, carriers].filter((part) => part !== undefined);
  const names = await readNames(continueChain(chain), interfaces);
  const heading = {
    accountId,
    region: asking.place.region,
    takenAt: new Date().toISOString(),
    membersOf: isWhole(carriers) ? groupIds : [],
    ...(isWhole(neighbours) && { onlyVpcs: [vpcId] }),
  };
  return toRawSnapshot(heading, [...interfaces, groups, ...names]);
}

/** Interfaces of instances go by the names of those. */
async function readNames(asking: Asking, interfaces: readonly Part[]): Promise<readonly Part[]> {
  const ids = new Set(interfaces.flatMap(({ items }) => textsAt(items, ['Attachment', 'InstanceId'])));
  const narrow = { 'instance-id': [...ids].slice(0, MOST_NAMED) };
  return ids.size === 0 ? [] : [await readPart(asking, { call: 'DescribeInstances', narrow })];
}

function isWhole(part: Part | undefined): boolean {
  return part?.items !== undefined && part.refusal === undefined;
}
