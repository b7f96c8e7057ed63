import { describe, expect, it } from 'vitest';
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
  const document = explainProgress('why-rejected', step, 'eni-0a1b');

  expect(renderTerminal({ parent: document, replies: [] }, { width: 200, colour: false })).toBe(
    `⏳ Looking: at eni-0a1b\n   ${words}\n`,
  );
  expect(renderSlackMessages(document).flatMap(checkMessage)).toEqual([]);
});

it('a path has steps of its own', () => {
  const words = renderTerminal(
    { parent: explainProgress('path', { kind: 'diagnosing' }, 'eni-0a1b → s3'), replies: [] },
    { width: 200, colour: false },
  );

  expect(words).toBe('⏳ Looking: at eni-0a1b → s3\n   ✓ network read · following the packet there and back …\n');
});

function show(topic?: string): string {
  return renderTerminal({ parent: explainUsage(topic, '/net'), replies: [] }, { width: 200, colour: false });
}

describe('help', () => {
  it('shows how to ask, in the words of the command in use', () => {
    expect(show()).toContain('/net why-rejected eni-');
    expect(show()).toContain('/net path eni-');
    expect(show('no such topic')).toBe(show());
  });

  it.each([
    ['why-rejected', '--since and --until'],
    ['path', '--src-port'],
  ])('about %s tells its options', (topic, option) => {
    expect(show(topic)).toContain(`/net ${topic} `);
    expect(show(topic)).toContain(option);
  });

  it.each([undefined, 'why-rejected', 'path'])('about %s can be sent', (topic) => {
    expect(renderSlackMessages(explainUsage(topic)).flatMap(checkMessage)).toEqual([]);
  });
});
