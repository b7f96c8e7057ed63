import { describe, expect, it } from 'vitest';
import type { Document, Thread } from '../../../src/explain/document.ts';
import { explainDiagnosis } from '../../../src/explain/explain-diagnosis.ts';
import { explainPath } from '../../../src/explain/explain-path.ts';
import { redactThread } from '../../../src/explain/redact.ts';
import { createRedactor } from '../../../src/explain/redact-text.ts';
import { secretsIn, secretsOfNetwork } from '../../../src/explain/secrets.ts';
import { renderSlackMessages } from '../../../src/render/block-kit.ts';
import { renderMarkdown } from '../../../src/render/markdown.ts';
import { checkMessage } from '../../support/check-blocks.ts';
import { leaksIn, secretsOf, textsIn } from '../../support/secrets-of.ts';
import { PATHS } from '../golden/paths.ts';
import { SCENARIOS } from '../golden/scenarios.ts';

const posted = ({ parent, replies }: Thread) => [parent, ...replies].flatMap(renderSlackMessages);

describe('told to others', () => {
  it.each([...SCENARIOS])('%s holds no account, address, name, tag or principal', (_, diagnosis) => {
    const whole = { ...explainDiagnosis(diagnosis, { askedBy: 'U012ABCDEF' }), secrets: () => secretsIn(diagnosis) };
    const messages = posted(redactThread(whole));

    expect(leaksIn(textsIn(messages), secretsOf(diagnosis))).toEqual([]);
    expect(leaksIn(textsIn(posted(whole)), secretsOf(diagnosis))).not.toEqual([]);
    expect(textsIn(messages)).not.toContain('console.aws');
    expect(messages.flatMap(checkMessage)).toEqual([]);
  });

  it.each([...PATHS])('%s holds none either', (_, telling) => {
    const secrets = () => secretsOfNetwork(telling.snapshot, telling);
    const messages = posted(redactThread({ ...explainPath(telling, {}), secrets }));

    expect(leaksIn(textsIn(messages), secretsOf(telling))).toEqual([]);
    expect(messages.flatMap(checkMessage)).toEqual([]);
  });

  it.each([
    ['t-3-acl-deny-before-the-allow-and-no-group-rule-behind-it', SCENARIOS],
    ['t-4-was-blocked', SCENARIOS],
  ] as const)('%s still reads as an answer', async (name, scenarios) => {
    const diagnosis = scenarios.get(name)!;
    const whole = { ...explainDiagnosis(diagnosis, { askedBy: 'U012ABCDEF' }), secrets: () => secretsIn(diagnosis) };

    await expect(renderMarkdown(redactThread(whole))).toMatchFileSnapshot(`../../golden/shared-channel-${name}.md`);
  });
});

const redact = (text: string, ...names: readonly string[]) =>
  createRedactor(names.map((name) => ({ text: name, as: 'name' as const })))(text);

describe('a text', () => {
  it.each([
    ['from 10.0.1.5 to 10.0.2.9, and from 10.0.1.5 again.', 'from address A to address B, and from address A again.'],
    ['10.0.1.5/32 is 10.0.1.5.', 'address A is address A.'],
    ['from 10.0.0.0/16 or 2001:db8::/32 at 14:03:10', 'from block A or block B at 14:03:10'],
    ['2001:DB8::1, 2001:db8:0::1: and ::ffff:10.0.0.1', 'address A, address A: and address B'],
    ['2600:1f00::: one, 2600:1f00::. and 2600:1f00:: too', 'address A: one, address A. and address A too'],
    ['anywhere (0.0.0.0/0) or ::/0', 'anywhere (0.0.0.0/0) or ::/0'],
    ['account 123456789012, not 210987654321', 'account A, not account B'],
    ['bucket-123456789012-logs', 'bucket-account A-logs'],
    ['sg-0c44d1e2f3a4b5c6d in eni-123456789012345678', 'sg-0c44d1e2f3a4b5c6d in eni-123456789012345678'],
    ['arn:aws:iam::123456789012:role/deploy did it', 'name A did it'],
    ['ip-10-0-1-5.eu-west-1.compute.internal is 10.0.1.5', 'address A is address A'],
    ['a:10.0.0.5 b:123456789012 beef:beef', 'a:address A b:account A beef:beef'],
    ['tcp/5432, 1,284 records, T-4, 20 min, 99.5 %', 'tcp/5432, 1,284 records, T-4, 20 min, 99.5 %'],
  ])('%j', (text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  it.each([
    ['web asks web-1 and webhook', ['web', 'web-1'], 'name A asks name B and webhook'],
    ['sg allows sg-0c44d1e2f3a4b5c6d', ['sg'], 'name A allows sg-0c44d1e2f3a4b5c6d'],
    ['the node at 10.0.1.5 (primary)', ['node at 10.0.1.5'], 'the name A (primary)'],
    ['*.example (+) [x] asks', ['*.example (+) [x]'], 'name A asks'],
    ['name A asks name B', ['A', 'name B'], 'name name A asks name B'],
  ])('%j with %j', (text, names, expected) => {
    expect(redact(text, ...names)).toBe(expected);
  });

  it('says which roles are the same', () => {
    const redactRoles = createRedactor([
      { text: 'role deploy', as: 'role' },
      { text: 'alice', as: 'role' },
    ]);

    expect(redactRoles('by role deploy, then alice, then role deploy')).toBe('by role A, then role B, then role A');
  });
});

it('commands, records and links are left out, and it is said where the whole answer is to be had', () => {
  const document: Document = {
    summary: 'payments-db: blocked',
    blocks: [
      {
        kind: 'headline',
        tone: 'blocked',
        spans: [
          { kind: 'resource', id: 'sg-0c44d1e2f3a4b5c6d', label: 'payments', url: 'https://x.console.aws/10.0.0.1' },
        ],
      },
      { kind: 'command', shell: 'aws ec2 do --cidr 10.0.0.1/32' },
      { kind: 'terraform', hcl: 'cidr_ipv4 = "10.0.0.1/32"' },
      { kind: 'evidence', lines: ['2 123456789012 eni-1 10.0.0.1'] },
    ],
  };
  const { parent, replies } = redactThread({
    parent: document,
    replies: [document],
    secrets: () => secretsIn({ name: 'payments-db' }),
  });

  expect(parent.summary).toBe('name A: blocked');
  expect(parent.blocks.map(({ kind }) => kind)).toEqual(['headline', 'note', 'note']);
  expect(parent.blocks[0]).toMatchObject({ spans: [{ kind: 'resource', id: 'sg-0c44d1e2f3a4b5c6d' }] });
  expect(JSON.stringify(parent)).toMatch(/left out here.*direct message to me/);
  expect(JSON.stringify([parent, replies])).not.toMatch(/10\.0\.0\.1|123456789012|https|payments/);
});
