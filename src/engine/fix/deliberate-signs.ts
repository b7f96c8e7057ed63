import type { Change } from '../../changes/change.ts';
import type { EpochSeconds } from '../../lang/time.ts';
import type { Snapshot } from '../../vpc/snapshot.ts';
import type { Blocker, Finding } from '../finding.ts';
import type { FixCaution } from './fix.ts';
import { ownerOf } from './owner-of.ts';
import { speaksOfIntent } from './speaks-of-intent.ts';

type Marked = Extract<FixCaution, { readonly kind: 'marked' }>;

/** Reasons to believe that somebody meant to keep the packet out: what they wrote on it, and when it was closed. */
export function deliberateSigns(
  finding: Finding,
  snapshot: Snapshot,
  changes: readonly Change[] = [],
): readonly FixCaution[] {
  const marks = finding.blockedBy.flatMap((blocker) => marksOn(blocker, snapshot));
  return [...onceEach(marks), ...closedDuring(finding, changes)];
}

/** Something with a name and tags that people write on. */
interface Labelled {
  readonly id: string;
  readonly name?: string;
  readonly description?: string;
  readonly tags?: ReadonlyMap<string, string>;
}

function marksOn(blocker: Blocker, { networkAcls, securityGroups }: Snapshot): readonly Marked[] {
  if (blocker.kind === 'network-acl') {
    const acl = networkAcls.get(blocker.id);
    return acl === undefined ? [] : firstMark(acl);
  }
  if (blocker.kind !== 'security-group') return [];
  const groups = blocker.ids.flatMap((id) => securityGroups.get(id) ?? []);
  const rules = blocker.nearMisses.slice(0, MOST_RULES).map(({ rule }) => rule);
  return [
    ...groups.flatMap(firstMark),
    ...rules.flatMap(({ id, groupId, description }) =>
      firstMark({ id: id ?? groupId, ...(description !== undefined && { description }) }),
    ),
  ];
}

/** As many near misses as an answer tells. */
const MOST_RULES = 2;

/** One mark of a thing is enough. */
function firstMark({ id, name, description, tags = new Map() }: Labelled): readonly Marked[] {
  const texts: readonly Pick<Marked, 'field' | 'text'>[] = [
    { field: 'name', text: name ?? '' },
    { field: 'description', text: description ?? '' },
    ...[...tags].filter(isPeoples).map(([tag, value]) => ({ field: { tag }, text: value })),
  ];
  const mark = texts.find(({ field, text }) => speaksOfIntent(text) || isMarkedByKey(field, text));
  const owner = ownerOf(tags);
  return mark === undefined ? [] : [{ kind: 'marked', id, ...mark, ...(owner !== undefined && { owner }) }];
}

/** AWS's own tags are not written by people. https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html */
function isPeoples([tag]: readonly [string, string]): boolean {
  return !tag.startsWith('aws:');
}

/** `Quarantine = yes`. That something falls under compliance rules is written on whole accounts, and tells nothing. */
function isMarkedByKey(field: Marked['field'], text: string): boolean {
  if (typeof field === 'string' || /^(?:false|no|none|off|0|)$/i.test(text.trim())) return false;
  return !/compliance/i.test(field.tag) && speaksOfIntent(field.tag);
}

function onceEach(marks: readonly Marked[]): readonly Marked[] {
  return [...new Map(marks.map((mark) => [mark.id, mark])).values()];
}

/** Events that may close something. What opens is no sign of meaning to close. */
const CLOSING: ReadonlySet<string> = new Set([
  'CreateNetworkAclEntry',
  'DeleteNetworkAclEntry',
  'ReplaceNetworkAclEntry',
  'ReplaceNetworkAclAssociation',
  'RevokeSecurityGroupIngress',
  'RevokeSecurityGroupEgress',
  'ModifySecurityGroupRules',
  'ModifyNetworkInterfaceAttribute',
  'ModifyInstanceAttribute',
]);

/** Records tell of packets within ten minutes at most (FLOW-52), and changes take a moment to be in force (EVAL-23). */
const SHORTLY = 15 * 60;

function closedDuring(finding: Finding, changes: readonly Change[]): readonly FixCaution[] {
  const firstReject = firstRejectOf(finding);
  const ids = new Set<string>(finding.blockedBy.flatMap(idsOf));
  const last = changes.findLast(
    ({ at, event, objects }) =>
      CLOSING.has(event) && objects.some((id) => ids.has(id)) && at >= (firstReject ?? Infinity) - SHORTLY,
  );
  if (last === undefined || firstReject === undefined) return [];
  return [{ kind: 'just-closed', event: last.event, at: last.at, firstReject }];
}

function idsOf(blocker: Blocker): readonly string[] {
  if (blocker.kind === 'network-acl') return [blocker.id];
  return blocker.kind === 'security-group' ? blocker.ids : [];
}

function firstRejectOf({ group, alike = [], flow: { direction } }: Finding): EpochSeconds | undefined {
  const times = (group === undefined ? alike : [group, ...alike]).flatMap(
    (each) => each[direction].rejected?.firstSeen ?? [],
  );
  return times.length === 0 ? undefined : Math.min(...times);
}
