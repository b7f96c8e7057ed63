import type { Fix, FixCaution, FixChange, PathChange } from '../engine/fix/fix.ts';
import { assertNever } from '../lang/exhaustive.ts';
import { listOf } from './list-of.ts';
import type { Region } from '../vpc/ids.ts';
import { resource } from './console-link.ts';
import type { Block } from './document.ts';
import { preposition } from './explain-rule.ts';
import { fixCommand } from './fix-commands.ts';
import { fixTerraform } from './fix-terraform.ts';
import { count, exactly, formatBlock, formatMatch, roughly } from './phrase.ts';
import { sentence, strong, type Sentence } from './sentence.ts';

/** The smallest change: reasons to ask first, the commands, the proof, and what else it opens. */
export function explainFix(fix: Fix, region: Region): readonly Block[] {
  return [...listOf(fix.cautions.map(explainCaution)), ...(fix.changes.length === 0 ? [] : changeBlocks(fix, region))];
}

function changeBlocks(fix: Fix, region: Region): readonly Block[] {
  return [
    { kind: 'command', shell: fix.changes.map((change) => fixCommand(change, region)).join('\n') },
    { kind: 'paragraph', spans: explainReplay(fix) },
    ...listOf(fix.changes.map((change) => explainReach(change, region))),
    IN_TERRAFORM,
    terraformBlock(fix.changes.map(fixTerraform)),
    ONLY_READS,
  ];
}

export const ONLY_READS: Block = { kind: 'note', spans: sentence`vpc-why only reads: nothing was changed.` };

/** Terraform overwrites rules of their own where the group or ACL has some inline. */
export const IN_TERRAFORM: Block = {
  kind: 'paragraph',
  spans: sentence`The same in Terraform, where the rules are not written inline:`,
};

export function terraformBlock(resources: readonly string[]): Block {
  return { kind: 'terraform', hcl: resources.join('\n\n') };
}

/** What replaying the records through the engine showed. Exact numbers: this is the proof. */
function explainReplay({ passes, of, alone, changes }: Fix): Sentence {
  if (of === 0) return sentence`There was no record to replay: with this, the rules let such a packet through.`;
  const together = alone.length > 1 ? ` with ${changes.length === 2 ? 'both' : 'all'} changes` : '';
  return sentence`Replayed${together}: ${exactly(passes)} of ${count(of, 'rejected record')} would pass${aloneWords(alone)}.`;
}

function aloneWords(alone: readonly number[]): string {
  const [first, ...rest] = alone;
  if (first === undefined || rest.length === 0) return '';
  if (rest.every((passes) => passes === first)) {
    return `; ${rest.length === 1 ? 'either' : 'any one'} change alone: ${exactly(first)}`;
  }
  return `; alone, ${alone.map((passes, index) => `change ${index + 1}: ${exactly(passes)}`).join(', ')}`;
}

/** Blast radius: a rule lets the packet in wherever its group or ACL stands. */
export function explainReach(change: PathChange, region: Region | undefined): Sentence {
  switch (change.kind) {
    case 'add-security-group-rule':
      return sentence`Newly allowed: ${whatIsOpened(change)}, for every interface that carries ${resource(region, change.groupId)}.`;
    case 'add-network-acl-entry':
      return sentence`Newly allowed by ${resource(region, change.aclId)}: ${whatIsOpened(change)}, for every subnet that uses it; security groups still decide there.`;
    case 'add-route':
      return sentence`Newly routed by ${resource(region, change.tableId)}: ${formatBlock(change.cidr)} through ${resource(region, change.target.id)}, for every subnet that uses it; network ACLs and security groups still decide.`;
    default:
      return assertNever(change);
  }
}

function whatIsOpened(change: FixChange): string {
  return `${formatMatch(change)} ${preposition(change.direction)} ${formatBlock(change.cidr)}`;
}

export function explainCaution(caution: FixCaution): Sentence {
  switch (caution.kind) {
    case 'deliberate-deny':
      return sentence`${strong('Ask first:')} somebody wrote rule ${caution.ruleNumber} to deny this. Find out why before working round it.`;
    case 'no-free-rule-number':
      return sentence`No rule number is free before ${caution.before}: renumber the network ACL's rules first.`;
    case 'group-shared':
      return sentence`The security group is shared: ${roughly(caution.interfaces, 'interface')} would get the new rule.`;
    case 'public-source':
      return sentence`The source is an internet address: make sure whose it is before letting it in.`;
    default:
      return assertNever(caution);
  }
}
