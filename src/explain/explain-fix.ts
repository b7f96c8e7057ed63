import type { Fix, FixCaution } from '../engine/fix/fix.ts';
import type { ProvenFix } from '../engine/fix/radius.ts';
import { assertNever } from '../lang/exhaustive.ts';
import { listOf } from './list-of.ts';
import type { Region } from '../vpc/ids.ts';
import type { Block } from './document.ts';
import { explainRadius } from './explain-radius.ts';
import { fixCommand } from './fix-commands.ts';
import { fixTerraform } from './fix-terraform.ts';
import { count, exactly, roughly } from './phrase.ts';
import { sentence, strong, type Sentence } from './sentence.ts';

/** The smallest change: reasons to ask first, the commands, the proof, and what else it opens. */
export function explainFix(fix: ProvenFix, region: Region): readonly Block[] {
  return [...listOf(fix.cautions.map(explainCaution)), ...(fix.changes.length === 0 ? [] : changeBlocks(fix, region))];
}

function changeBlocks(fix: ProvenFix, region: Region): readonly Block[] {
  return [
    { kind: 'command', shell: fix.changes.map((change) => fixCommand(change, region)).join('\n') },
    { kind: 'paragraph', spans: explainReplay(fix) },
    ...listOf(explainRadius(fix.radius, region)),
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
