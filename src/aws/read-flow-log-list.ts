import type { Asking } from './call-aws.ts';
import type { FoundInterface } from './found-interface.ts';
import { keepMatching } from './keep-matching.ts';
import { readPart, type Part } from './read-part.ts';

/**
 * The first page of all flow logs of an account and region, for which nothing needs to be known of the interface: read
 * while it is looked for, it saves the answer a round (ADR 0004). Most accounts have no second page.
 */
export function readFirstFlowLogs(asking: Asking): Promise<Part> {
  return readPart({ ...asking, pages: 1 }, { call: 'DescribeFlowLogs' });
}

/**
 * The flow logs of the interface, its subnet and its VPC, which are monitored each by itself (FLOW-84): out of all there
 * are, where these were read and there was no second page; otherwise AWS is asked for them.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeFlowLogs.html
 */
export async function readFlowLogList(asking: Asking, found: FoundInterface, first?: Promise<Part>): Promise<Part> {
  const { id, subnetId, vpcId } = found;
  const narrow = { 'resource-id': [id, ...(subnetId === undefined ? [] : [subnetId]), vpcId] };
  const all = await first;
  if (all === undefined || isCutShort(all)) return readPart(asking, { call: 'DescribeFlowLogs', narrow });
  return all.items === undefined ? all : { ...all, items: keepMatching(all.items, narrow) };
}

function isCutShort({ items, refusal }: Part): boolean {
  return items !== undefined && refusal !== undefined;
}
