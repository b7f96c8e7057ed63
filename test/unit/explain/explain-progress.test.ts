import { expect, it } from 'vitest';
import type { Step } from '../../../src/engine/step.ts';
import { explainProgress } from '../../../src/explain/explain-progress.ts';
import { explainUsage } from '../../../src/explain/explain-usage.ts';
import { renderSlackMessages } from '../../../src/render/block-kit.ts';
import { renderTerminal } from '../../../src/render/terminal.ts';
import { checkMessage } from '../../support/check-blocks.ts';

it.each<[Step, string]>([
  [{ kind: 'finding-interface' }, 'finding the interface …'],
  [{ kind: 'reading-configuration' }, '✓ interface found · reading groups, ACLs and flow log settings …'],
  [
    { kind: 'reading-flow-logs', records: 12_345 },
    '✓ interface found · ✓ configuration read · reading flow logs (about 12,300 records so far) …',
  ],
  [
    { kind: 'diagnosing' },
    '✓ interface found · ✓ configuration read · ✓ flow logs read · comparing records with rules …',
  ],
])('%j can be followed', (step, words) => {
  const document = explainProgress(step, 'eni-0a1b');

  expect(renderTerminal({ parent: document, replies: [] }, { width: 200, colour: false })).toBe(
    `⏳ Looking: at eni-0a1b\n   ${words}\n`,
  );
  expect(renderSlackMessages(document).flatMap(checkMessage)).toEqual([]);
});

it('help shows how to ask, in the words of the command in use', () => {
  const help = renderTerminal({ parent: explainUsage(undefined, '/net'), replies: [] }, { width: 200, colour: false });

  expect(help).toContain('/net why-rejected eni-');
  expect(help).toContain('--since and --until');
  expect(renderSlackMessages(explainUsage('why-rejected')).flatMap(checkMessage)).toEqual([]);
});
