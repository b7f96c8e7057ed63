import type { Fix } from '../engine/fix/fix.ts';
import type { ProvenFix } from '../engine/fix/radius.ts';
import { listOf } from './list-of.ts';
import type { Region } from '../vpc/ids.ts';
import type { Block } from './document.ts';
import { explainCautions } from './explain-caution.ts';
import { explainRadius } from './explain-radius.ts';
import { fixCommand } from './fix-commands.ts';
import { fixTerraform } from './fix-terraform.ts';
import { count, exactly } from './phrase.ts';
import { sentence, type Sentence } from './sentence.ts';

/** The smallest change: reasons to ask first, the commands, the proof, and what else it opens. */
export function explainFix(fix: ProvenFix, region: Region): readonly Block[] {
  // Who shares the group is told by name with what the fix opens.
  const cautions = fix.cautions.filter(({ kind }) => kind !== 'group-shared');
  return [...listOf(explainCautions(cautions)), ...(fix.changes.length === 0 ? [] : changeBlocks(fix, region))];
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
