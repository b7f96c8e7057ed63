import type { PathChange } from '../engine/fix/fix.ts';
import type { AlsoOpens, PathFix } from '../engine/path/path-fix.ts';
import { assertNever } from '../lang/exhaustive.ts';
import type { Snapshot } from '../vpc/snapshot.ts';
import { resource } from './console-link.ts';
import type { Block, Document, Span } from './document.ts';
import { explainReach, ONLY_READS } from './explain-fix.ts';
import { explainPathCaution } from './explain-path-caution.ts';
import { fixCommand } from './fix-commands.ts';
import { listOf } from './list-of.ts';
import type { Reader } from './meeting.ts';
import { interfaceName, readerOf } from './network-names.ts';
import type { PathTelling } from './path-telling.ts';
import { shortName } from './phrase.ts';
import { joinSpans, sentence, type Sentence } from './sentence.ts';

/** What would lead the path through, what to think of first, and what else it lets through; or why nothing small does. */
export function explainPathFix(telling: PathTelling): readonly Document[] {
  const { fix } = telling;
  if (fix === undefined) return [];
  const cautions = listOf(fix.cautions.map((caution) => explainPathCaution(caution, telling)));
  const changes = fix.changes.length === 0 ? [] : changeBlocks(fix, telling.snapshot);
  if (cautions.length + changes.length === 0) return [];
  const title = changes.length === 0 ? 'What to do' : 'Smallest fix';
  return [{ summary: title, blocks: [{ kind: 'title', text: title }, ...cautions, ...changes] }];
}

function changeBlocks({ changes, alsoOpens }: PathFix, snapshot: Snapshot): readonly Block[] {
  return [
    ...commandBlocks(changes, snapshot),
    { kind: 'paragraph', spans: sentence`Followed again with ${allOf(changes)}: reachable.` },
    ...listOf(alsoOpens.map((opened) => explainAlsoOpens(opened, snapshot))),
    ONLY_READS,
  ];
}

function allOf({ length }: readonly PathChange[]): string {
  if (length === 1) return 'this change';
  return length === 2 ? 'both changes' : `all ${length} changes`;
}

/** Whoever runs them needs the right account: it is told where there is more than one. */
function commandBlocks(changes: readonly PathChange[], snapshot: Snapshot): readonly Block[] {
  const byAccount = new Map<string | undefined, string[]>();
  for (const change of changes) {
    const { accountId, region } = readerOfChange(change, snapshot);
    byAccount.set(accountId, [...(byAccount.get(accountId) ?? []), fixCommand(change, region)]);
  }
  return [...byAccount].flatMap(([accountId, commands]): readonly Block[] => {
    const command: Block = { kind: 'command', shell: commands.join('\n') };
    if (byAccount.size === 1 || accountId === undefined) return [command];
    return [{ kind: 'paragraph', spans: sentence`In account ${accountId}:` }, command];
  });
}

/** The account and region where the change is made. */
export function readerOfChange(change: PathChange, snapshot: Snapshot): Reader {
  return readerOf(snapshot, vpcOf(change, snapshot));
}

function vpcOf(change: PathChange, { securityGroups, networkAcls, routeTables }: Snapshot): string | undefined {
  switch (change.kind) {
    case 'add-security-group-rule':
      return securityGroups.get(change.groupId)?.vpcId;
    case 'add-network-acl-entry':
      return networkAcls.get(change.aclId)?.vpcId;
    case 'add-route':
      return routeTables.get(change.tableId)?.vpcId;
    default:
      return assertNever(change);
  }
}

const MOST_NAMED = 5;

/** Blast radius: what is let through, and everywhere that it is. */
export function explainAlsoOpens({ kind, change, ids }: AlsoOpens, snapshot: Snapshot): Sentence {
  const reader = readerOfChange(change, snapshot);
  const name = kind === 'interfaces' ? interfaceName : subnetName;
  const named = ids.slice(0, MOST_NAMED).map((id) => name(snapshot, id, reader));
  const more = ids.length > MOST_NAMED ? ` and ${ids.length - MOST_NAMED} more` : '';
  const which = ids.length === 1 ? 'That is' : 'These are';
  const told = named.length === 0 ? '' : sentence` ${which} ${joinSpans(named, ', ')}${more}.`;
  return sentence`${explainReach(change, reader.region)}${told}`;
}

function subnetName({ subnets }: Snapshot, id: string, { region }: Reader): Span {
  const name = [...subnets.values()].find((each) => each.id === id)?.name;
  return resource(region, id, name === undefined ? undefined : shortName(name));
}
