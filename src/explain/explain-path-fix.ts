import type { PathChange } from '../engine/fix/fix.ts';
import type { AlsoOpens, PathFix } from '../engine/path/path-fix.ts';
import { assertNever } from '../lang/exhaustive.ts';
import type { Region } from '../vpc/ids.ts';
import type { Snapshot } from '../vpc/snapshot.ts';
import { resource } from './console-link.ts';
import type { Block, Document, Span } from './document.ts';
import { IN_TERRAFORM, ONLY_READS, terraformBlock } from './explain-fix.ts';
import { explainPathCaution } from './explain-path-caution.ts';
import { whatIsOpened } from './explain-radius.ts';
import { fixCommand } from './fix-commands.ts';
import { fixTerraform } from './fix-terraform.ts';
import { listOf } from './list-of.ts';
import type { Reader } from './meeting.ts';
import { interfaceName, readerOf } from './network-names.ts';
import type { PathTelling } from './path-telling.ts';
import { formatBlock, shortName } from './phrase.ts';
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
    ...blocksByAccount(changes, snapshot, AS_COMMANDS),
    { kind: 'paragraph', spans: sentence`Followed again with ${allOf(changes)}: reachable.` },
    ...listOf(alsoOpens.map((opened) => explainAlsoOpens(opened, snapshot))),
    IN_TERRAFORM,
    ...blocksByAccount(changes, snapshot, AS_TERRAFORM),
    ONLY_READS,
  ];
}

function allOf({ length }: readonly PathChange[]): string {
  if (length === 1) return 'this change';
  return length === 2 ? 'both changes' : `all ${length} changes`;
}

/** How changes are written down, to be copied. */
interface Writing {
  readonly write: (change: PathChange, region: Region | undefined) => string;
  readonly block: (texts: readonly string[]) => Block;
}

const AS_COMMANDS: Writing = {
  write: fixCommand,
  block: (texts) => ({ kind: 'command', shell: texts.join('\n') }),
};

const AS_TERRAFORM: Writing = { write: fixTerraform, block: terraformBlock };

/** Whoever makes them needs the right account: it is told where there is more than one. */
function blocksByAccount(
  changes: readonly PathChange[],
  snapshot: Snapshot,
  { write, block }: Writing,
): readonly Block[] {
  const byAccount = new Map<string | undefined, string[]>();
  for (const change of changes) {
    const { accountId, region } = readerOfChange(change, snapshot);
    byAccount.set(accountId, [...(byAccount.get(accountId) ?? []), write(change, region)]);
  }
  return [...byAccount].flatMap(([accountId, texts]): readonly Block[] => {
    if (byAccount.size === 1 || accountId === undefined) return [block(texts)];
    return [{ kind: 'paragraph', spans: sentence`In account ${accountId}:` }, block(texts)];
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

/** Blast radius: a rule lets the packet in wherever its group or ACL stands. */
function explainReach(change: PathChange, region: Region | undefined): Sentence {
  switch (change.kind) {
    case 'add-security-group-rule':
      return sentence`Newly allowed: ${whatIsOpened([change])}, for every interface that carries ${resource(region, change.groupId)}.`;
    case 'add-network-acl-entry':
      return sentence`Newly allowed by ${resource(region, change.aclId)}: ${whatIsOpened([change])}, for every subnet that uses it; security groups still decide there.`;
    case 'add-route':
      return sentence`Newly routed by ${resource(region, change.tableId)}: ${formatBlock(change.cidr)} through ${resource(region, change.target.id)}, for every subnet that uses it; network ACLs and security groups still decide.`;
    default:
      return assertNever(change);
  }
}
