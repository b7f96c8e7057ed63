import { describe, expect, it } from 'vitest';
import { explainDiagnosis } from '../../../src/explain/explain-diagnosis.ts';
import { parseDocument } from '../../../src/explain/document-schema.ts';
import { SCENARIOS } from '../golden/scenarios.ts';

describe('a document put aside as JSON', () => {
  it.each([...SCENARIOS])('is read back as it was: %s', (_, diagnosis) => {
    const { parent, replies } = explainDiagnosis(diagnosis, { askedBy: 'U0DANA' });

    for (const document of [parent, ...replies]) {
      expect(parseDocument(JSON.parse(JSON.stringify(document)))).toEqual(document);
    }
  });

  it.each([
    ['no object', 'x'],
    ['no blocks', { summary: 'x' }],
    ['a block of no kind', { summary: 'x', blocks: [{ kind: 'script', text: 'x' }] }],
    ['a text without end', { summary: 'x'.repeat(20_001), blocks: [] }],
    ['a button of no kind', { summary: 'x', blocks: [{ kind: 'buttons', actions: ['apply'] }] }],
    ['an empty sentence', { summary: 'x', blocks: [{ kind: 'note', spans: [] }] }],
  ])('is none when it has %s', (_, value) => {
    expect(parseDocument(value)).toBeUndefined();
  });
});
