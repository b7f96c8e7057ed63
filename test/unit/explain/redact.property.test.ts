import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { Document, Span } from '../../../src/explain/document.ts';
import { explainDiagnosis } from '../../../src/explain/explain-diagnosis.ts';
import { redactThread } from '../../../src/explain/redact.ts';
import { secretsIn, type SecretKind } from '../../../src/explain/secrets.ts';
import { formatAddress } from '../../../src/net/address.ts';
import { formatCidr, isAnywhere } from '../../../src/net/cidr.ts';
import { renderSlackMessages } from '../../../src/render/block-kit.ts';
import { parseAccountId } from '../../../src/vpc/ids.ts';
import { addresses, cidrs, families } from '../../support/arbitraries.ts';
import { byGroups, diagnosis, finding } from '../../support/build-diagnosis.ts';
import { leaksIn, secretsOf, textsIn } from '../../support/secrets-of.ts';

const names = fc
  .oneof(
    fc.stringMatching(/^[a-z]{3,8}[-_. ]?[a-z0-9]{2,12}$/),
    fc.stringMatching(/^[\p{L} .*+?()[\]|\\/^$-]{3,30}$/u).filter((name) => name.trim().length > 2),
    fc.constantFrom('a:b:c', 'role/deploy', '10.0.0.1 (old)', 'db.internal:5432', 'x'.repeat(90), 'two  spaces'),
  )
  .filter((name) => !KINDS.has(name));
/** A stand-in is one of these and a letter: called so, a thing may well be named after it. */
const KINDS = new Set<string>(['account', 'address', 'block', 'name', 'role'] satisfies SecretKind[]);
const accounts = fc.stringMatching(/^[1-9]\d{11}$/);
const anyAddress = families().chain(addresses).map(formatAddress);
const anyBlock = families()
  .chain(cidrs)
  .filter((cidr) => !isAnywhere(cidr))
  .map(formatCidr);

describe('whatever the network is called', () => {
  test.prop([fc.array(names, { minLength: 1, maxLength: 6 }), accounts, anyAddress], { numRuns: 300 })(
    'no account, address, name or principal of a diagnosis is told to others',
    (given, account, remote) => {
      const [first = ''] = given;
      const target = { ...diagnosis([]).target, name: first, accountId: parseAccountId(account)! };
      const found = finding({
        remote,
        blockedBy: [byGroups()],
        reasons: given.flatMap((name) => [
          {
            kind: 'changed',
            change: {
              id: 'x',
              at: 0,
              event: 'ModifyRule',
              objects: [],
              by: { kind: 'role', name, session: name },
              edits: [],
            },
          } as const,
          { kind: 'owner', side: 'remote', owner: { kind: 'rds', name, interfaceId: 'eni-0a1b2c3d' } } as const,
        ]),
      });
      const any = diagnosis([found], { target });
      const thread = redactThread({ ...explainDiagnosis(any, {}), secrets: () => secretsIn(any) });
      const text = textsIn([thread.parent, ...thread.replies].map(renderSlackMessages));

      expect(leaksIn(text, secretsOf(any))).toEqual([]);
    },
  );
});

describe('wherever it stands in a document', () => {
  const secrets = fc.record({ name: names, account: accounts, address: anyAddress, block: anyBlock });

  test.prop([secrets, fc.constantFrom(' ', ', ', ': ', ' (', '=', '/ ')], { numRuns: 300 })(
    'a secret is replaced, and equal ones alike',
    (secret, between) => {
      const texts = [secret.account, secret.address, secret.block, secret.name];
      const text = ['so', ...texts, ...texts, 'it is'].join(between);
      const spans = [
        { kind: 'words', text },
        { kind: 'strong', text },
        { kind: 'code', text },
        { kind: 'resource', id: text, label: text, url: `https://console.aws.amazon.com/${secret.account}` },
      ] as const satisfies readonly Span[];
      const document: Document = {
        summary: text,
        blocks: [
          { kind: 'headline', tone: 'blocked', spans },
          { kind: 'title', text },
          { kind: 'paragraph', spans },
          { kind: 'list', ordered: true, items: [spans] },
          { kind: 'command', shell: text },
          { kind: 'terraform', hcl: text },
          { kind: 'evidence', lines: [text] },
          { kind: 'note', spans },
        ],
      };
      const known = () => secretsIn({ name: secret.name, accountId: secret.account });
      const { parent, replies } = redactThread({ parent: document, replies: [document], secrets: known });

      expect(leaksIn(textsIn([parent, replies]), texts)).toEqual([]);
      expect(replies[0]!.summary).toBe(parent.summary);
    },
  );
});
