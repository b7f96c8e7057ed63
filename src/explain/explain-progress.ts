import type { Step } from '../engine/step.ts';
import type { Document } from './document.ts';
import { roughly, shortName } from './phrase.ts';
import { plainText } from './plain-text.ts';
import { code, sentence } from './sentence.ts';

/** Which question is being answered: each has steps of its own. */
export type Asked = keyof typeof PLANS;

/** What is being done right now, and what is done already, so that waiting has a shape. */
export function explainProgress(asked: Asked, step: Step, about: string): Document {
  const headline = sentence`at ${code(shortName(about))}`;
  const plan: readonly PlannedStep[] = PLANS[asked];
  const at = plan.findIndex(({ kind }) => kind === step.kind);
  const now = `${plan[at]?.doing ?? 'working'}${recordsSoFar(step)}`;
  const done = plan.slice(0, Math.max(at, 0)).map((each) => `✓ ${each.done}`);
  return {
    summary: `${plainText(headline)}: ${now}`,
    blocks: [
      { kind: 'headline', tone: 'working', spans: headline },
      { kind: 'note', spans: sentence`${[...done, `${now} …`].join(' · ')}` },
    ],
  };
}

interface PlannedStep {
  readonly kind: Step['kind'];
  readonly doing: string;
  readonly done: string;
}

const PLANS = {
  'why-rejected': [
    { kind: 'finding-interface', doing: 'finding the interface', done: 'interface found' },
    {
      kind: 'reading-configuration',
      doing: 'reading groups, ACLs and flow log settings',
      done: 'configuration read',
    },
    { kind: 'reading-flow-logs', doing: 'reading flow logs', done: 'flow logs read' },
    { kind: 'diagnosing', doing: 'comparing records with rules', done: 'rules compared' },
    {
      kind: 'reading-other-interfaces',
      doing: 'reading flow logs of the other interfaces of the host',
      done: 'other interfaces looked at',
    },
    { kind: 'looking-for-changes', doing: 'asking CloudTrail who changed the rules', done: 'changes looked up' },
    { kind: 'following-path', doing: 'following the way beyond this interface', done: 'way followed' },
  ],
  path: [
    {
      kind: 'reading-configuration',
      doing: 'reading interfaces, groups, ACLs, routes and gateways',
      done: 'network read',
    },
    { kind: 'diagnosing', doing: 'following the packet there and back', done: 'followed' },
  ],
} as const satisfies Readonly<Record<string, readonly PlannedStep[]>>;

function recordsSoFar(step: Step): string {
  return step.kind === 'reading-flow-logs' && step.records > 0 ? ` (${roughly(step.records, 'record')} so far)` : '';
}
