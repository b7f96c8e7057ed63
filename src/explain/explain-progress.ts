import type { Step } from '../engine/step.ts';
import type { Document } from './document.ts';
import { roughly, shortName } from './phrase.ts';
import { plainText } from './plain-text.ts';
import { code, sentence } from './sentence.ts';

/** What is being done right now, and what is done already, so that waiting has a shape. */
export function explainProgress(step: Step, target: string): Document {
  const headline = sentence`at ${code(shortName(target))}`;
  const at = ORDER.indexOf(step.kind);
  const done = ORDER.slice(0, at).map((kind) => `✓ ${DONE[kind]}`);
  return {
    summary: `${plainText(headline)}: ${doing(step)}`,
    blocks: [
      { kind: 'headline', tone: 'working', spans: headline },
      { kind: 'note', spans: sentence`${[...done, `${doing(step)} …`].join(' · ')}` },
    ],
  };
}

const ORDER = [
  'finding-interface',
  'reading-configuration',
  'reading-flow-logs',
  'diagnosing',
] as const satisfies readonly Step['kind'][];

const DONE: Readonly<Record<Step['kind'], string>> = {
  'finding-interface': 'interface found',
  'reading-configuration': 'configuration read',
  'reading-flow-logs': 'flow logs read',
  diagnosing: 'diagnosed',
};

const DOING: Readonly<Record<Step['kind'], string>> = {
  'finding-interface': 'finding the interface',
  'reading-configuration': 'reading groups, ACLs and flow log settings',
  'reading-flow-logs': 'reading flow logs',
  diagnosing: 'comparing records with rules',
};

function doing(step: Step): string {
  const records =
    step.kind === 'reading-flow-logs' && step.records > 0 ? ` (${roughly(step.records, 'record')} so far)` : '';
  return `${DOING[step.kind]}${records}`;
}
