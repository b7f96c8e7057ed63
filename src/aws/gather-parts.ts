import type { RawRefusal } from '../vpc/raw-snapshot.ts';
import { DETAILS } from './details.ts';
import type { Found } from './network-trails.ts';
import type { Part } from './read-part.ts';

/**
 * The members that can be relied on. A list is whole or it is not there: what is missing from it counts as missing in
 * AWS. What was asked once for each parent stands for the parents that answered.
 */
export function gatherParts(parts: readonly Part[]): Found {
  const found = new Map<string, readonly unknown[]>();
  for (const [member, all] of byMember(parts)) {
    const told = all.filter(({ refusal }) => refusal === undefined);
    const isReliable = GATHERED.has(member) ? told.length > 0 : told.length === all.length;
    if (isReliable)
      found.set(
        member,
        told.flatMap(({ items = [] }) => items),
      );
  }
  return found;
}

/** Each once; and once for all parents, where all were refused alike. */
export function gatherRefusals(parts: readonly Part[]): readonly RawRefusal[] {
  const all = [...byMember(parts).values()].flatMap((ofMember) => {
    const refusals = ofMember.flatMap(({ refusal }) => refusal ?? []);
    const general = refusals.map(({ action, because }): RawRefusal => ({ action, because }));
    return refusals.length === ofMember.length && distinct(general).length === 1 && refusals.length > 1
      ? distinct(general)
      : refusals;
  });
  return distinct(all);
}

const GATHERED: ReadonlySet<string> = new Set(['VpcAttributes', ...Object.values(DETAILS).map(({ member }) => member)]);

function byMember(parts: readonly Part[]): ReadonlyMap<string, readonly Part[]> {
  const members = new Map<string, Part[]>();
  for (const part of parts) {
    const known = members.get(part.member);
    if (known === undefined) members.set(part.member, [part]);
    else known.push(part);
  }
  return members;
}

function distinct(refusals: readonly RawRefusal[]): readonly RawRefusal[] {
  return [...new Map(refusals.map((refusal) => [JSON.stringify(refusal), refusal])).values()];
}
