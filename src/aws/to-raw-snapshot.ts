import type { RawSnapshot } from '../vpc/raw-snapshot.ts';
import type { Part } from './read-part.ts';

interface Heading {
  readonly accountId: string;
  readonly region: string;
  readonly takenAt: string;
  readonly membersOf?: readonly string[];
  readonly onlyVpcs?: readonly string[];
}

/** The parts as a snapshot file would hold them: members joined, each interface and connection once. */
export function toRawSnapshot(heading: Heading, parts: readonly Part[]): RawSnapshot {
  const members = new Map<string, unknown[]>();
  for (const { member, items } of parts) {
    if (items !== undefined) members.set(member, [...(members.get(member) ?? []), ...items]);
  }
  const entries = [...members].map(([member, items]) => [member, asMember(member, items)] as const);
  const refusals = parts.flatMap((part) => part.refusal ?? []);
  return { ...heading, refusals, ...Object.fromEntries(entries) };
}

function asMember(member: string, items: readonly unknown[]): unknown {
  if (member === SINGLE) return items[0];
  const idField = ID_FIELD.get(member);
  return idField === undefined ? items : oncePerId(items, idField);
}

/** One object for the account and region, not a list (API-27). */
const SINGLE = 'VpcBlockPublicAccessOptions';

/** Members that several calls contribute to. */
const ID_FIELD: ReadonlyMap<string, string> = new Map([
  ['NetworkInterfaces', 'NetworkInterfaceId'],
  ['VpcPeeringConnections', 'VpcPeeringConnectionId'],
  ['TransitGatewayVpcAttachments', 'TransitGatewayAttachmentId'],
]);

function oncePerId(items: readonly unknown[], idField: string): unknown[] {
  const seen = new Set<unknown>();
  return items.filter((item) => {
    const id: unknown = typeof item === 'object' && item !== null ? Reflect.get(item, idField) : undefined;
    if (seen.has(id)) return false;
    seen.add(id);
    return true;
  });
}
