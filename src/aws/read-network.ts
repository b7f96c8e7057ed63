import { assertNever } from '../lang/exhaustive.ts';
import type { Asking } from './call-aws.ts';
import { continueChain } from './chain.ts';
import { gatherParts } from './gather-parts.ts';
import type { FlowLogHome } from './log-group-names.ts';
import { narrowToVpcs } from './narrow-to-vpcs.ts';
import { ALL_LISTINGS, listingsOf, trailsOf, vpcListing, type Found, type Lead } from './network-trails.ts';
import { readDetail } from './read-detail.ts';
import { findLogGroup } from './find-log-group.ts';
import { readPart, type Part } from './read-part.ts';
import { readVpcAttributes } from './read-vpc-attributes.ts';
import { workThrough } from './work-through.ts';

export interface NetworkScene {
  readonly asking: Asking;
  readonly home: FlowLogHome;
  /** Absent: everything of the account and region. */
  readonly vpcIds?: readonly string[];
  /** How many of them are known to be here. Absent: perhaps none, and then nothing else need be asked. */
  readonly here?: 'all' | 'some';
  /** Of a whole network (API-34). */
  readonly callsAtOnce: number;
  readonly onRound: () => void;
}

export interface NetworkReading {
  readonly found: Found;
  readonly parts: readonly Part[];
}

/**
 * Round after round: what can be listed, then what the things found lead to, until they lead nowhere new. Calls of one
 * round need no answer of another; where a whole network is read, no more than `callsAtOnce` operations are under way.
 */
export async function readNetwork(scene: NetworkScene): Promise<NetworkReading> {
  const { vpcIds, here, onRound } = scene;
  const parts: Part[] = [];
  const ask = async (leads: readonly Lead[]): Promise<void> => {
    parts.push(...(await followAll(scene, leads)));
    onRound();
  };
  const look = (): Found => (vpcIds === undefined ? gatherParts(parts) : narrowToVpcs(gatherParts(parts), vpcIds));

  const followed = new Set<string>();
  if (vpcIds === undefined) await ask(ALL_LISTINGS);
  else if (here !== undefined) {
    const attributes = here === 'all' ? attributesOf(vpcIds, followed) : [];
    await ask([vpcListing(vpcIds), ...listingsOf(vpcIds), ...attributes]);
  } else {
    await ask([vpcListing(vpcIds)]);
    if (look().get('Vpcs')?.length === 0) return { found: look(), parts };
    await ask(listingsOf(vpcIds));
  }
  for (let leads = newLeads(scene, look(), followed); leads.length > 0; leads = newLeads(scene, look(), followed)) {
    await ask(leads);
  }
  return { found: withEmptyMembers(scene, look(), parts), parts };
}

async function followAll(
  { asking, vpcIds, callsAtOnce }: NetworkScene,
  leads: readonly Lead[],
): Promise<readonly Part[]> {
  const parts = new Map<Lead, Part>();
  const next = continueChain(asking);
  const isWhole = vpcIds === undefined;
  const lanes = isWhole ? lanesOf(leads) : lanesOf(leads).flatMap(openIfShort);
  await workThrough(lanes, isWhole ? callsAtOnce : lanes.length, async (lane) => {
    for (const lead of lane) parts.set(lead, await follow(next, lead));
  });
  // In the order of asking: the same network gives the same file.
  return leads.flatMap((lead) => parts.get(lead) ?? []);
}

type Lane = readonly Lead[];

/** Operations go on side by side, calls of one operation one after the other: AWS counts by operation (API-31). */
function lanesOf(leads: readonly Lead[]): readonly Lane[] {
  const lanes = new Map<string, Lead[]>();
  for (const lead of leads) {
    const operation = 'call' in lead ? lead.call : lead.kind;
    const lane = lanes.get(operation);
    if (lane === undefined) lanes.set(operation, [lead]);
    else lane.push(lead);
  }
  return [...lanes.values()];
}

/** What AWS gives back of one operation within a second, of those that it gives back least (API-31, API-45). */
const FEW = 10;

/** Of some VPCs few things are asked, and somebody waits: then no call waits for another of its operation. */
function openIfShort(lane: Lane): readonly Lane[] {
  return lane.length <= FEW ? lane.map((lead) => [lead]) : [lane];
}

function follow(asking: Asking, lead: Lead): Promise<Part> {
  switch (lead.kind) {
    case 'listing':
      return readPart(asking, lead);
    case 'detail':
      return readDetail(asking, lead.call, lead.id);
    case 'vpc-attributes':
      return readVpcAttributes(asking, lead.id);
    case 'log-group':
      return findLogGroup(asking, lead.name);
    default:
      return assertNever(lead);
  }
}

/** What hangs on the id of a VPC alone need not wait for its listing. */
function attributesOf(vpcIds: readonly string[], followed: Set<string>): readonly Lead[] {
  for (const id of vpcIds) followed.add(`VpcAttributes ${id}`);
  return vpcIds.map((id) => ({ kind: 'vpc-attributes', id }));
}

/** Nothing is asked twice; `followed` takes note of it. */
function newLeads({ home, vpcIds }: NetworkScene, found: Found, followed: Set<string>): readonly Lead[] {
  return trailsOf(home, vpcIds !== undefined).flatMap(({ member, ids, leads }) => {
    const unseen = [...new Set(ids(found))].filter((id) => !followed.has(`${member} ${id}`));
    for (const id of unseen) followed.add(`${member} ${id}`);
    return unseen.length === 0 ? [] : leads(unseen);
  });
}

/** Where nothing was found that could have any, there is none: another thing than not having asked. */
function withEmptyMembers({ home, vpcIds }: NetworkScene, found: Found, parts: readonly Part[]): Found {
  const asked = new Set(parts.map(({ member }) => member));
  const empty = trailsOf(home, vpcIds !== undefined).filter(
    ({ member, from }) => !asked.has(member) && from.some((each) => found.has(each)),
  );
  return new Map([...found, ...empty.map(({ member }) => [member, []] as const)]);
}
