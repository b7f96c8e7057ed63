import { describe, expect, it } from 'vitest';
import type { Document } from '../../../src/explain/document.ts';
import { explainDefect, explainFailure } from '../../../src/explain/explain-failure.ts';
import type { Failure } from '../../../src/failure/failure.ts';
import { renderSlackMessages } from '../../../src/render/block-kit.ts';
import { renderTerminal } from '../../../src/render/terminal.ts';
import { checkMessage } from '../../support/check-blocks.ts';

const ireland = { accountId: '123456789012', region: 'eu-west-1' };

/** What people see, by kind; the compiler asks for an example of every one. */
const EXAMPLES: { readonly [K in Failure['kind']]: readonly [Extract<Failure, { kind: K }>, readonly string[]] } = {
  'not-understood': [
    { kind: 'not-understood', input: '--port abc', expected: 'a port from 0 to 65535' },
    ["I can't use --port abc: expected a port from 0 to 65535", '/vpc help'],
  ],
  'not-allowed': [
    { kind: 'not-allowed', account: '444455556666' },
    ['account 444455556666 is not one that this bot may read', 'vpc-why.yaml'],
  ],
  'no-such-resource': [
    { kind: 'no-such-resource', id: 'eni-0aaa', lookedIn: [ireland], refusedIn: [{ region: 'us-east-1' }] },
    ['eni-0aaa was not found in account 123456789012 eu-west-1', 'where AWS denied us a look: us-east-1'],
  ],
  'ambiguous-target': [
    {
      kind: 'ambiguous-target',
      id: '10.0.0.1',
      candidates: [
        { ...ireland, interfaceId: 'eni-0aaa', name: 'db', vpcId: 'vpc-0a' },
        { region: 'eu-west-2', interfaceId: 'eni-0bbb' },
      ],
    },
    [
      '10.0.0.1 belongs to 2 network interfaces',
      '/vpc why-rejected eni-0aaa --account 123456789012 --region eu-west-1 (db, vpc-0a, account 123456789012 eu-west-1)',
      '/vpc why-rejected eni-0bbb --region eu-west-2',
    ],
  ],
  'no-account-in-reach': [
    { kind: 'no-account-in-reach' },
    ['of the accounts that you may ask about, this bot reads none', 'access.rules'],
  ],
  'no-credentials': [{ kind: 'no-credentials', detail: 'token expired' }, ['vpc-why doctor', 'token expired']],
  'no-region': [{ kind: 'no-region' }, ['no AWS region is set', '--region', 'AWS_REGION', 'aws.regions']],
  'missing-permission': [
    { kind: 'missing-permission', action: 'ec2:DescribeNetworkInterfaces', place: ireland },
    ['AWS denied ec2:DescribeNetworkInterfaces in account 123456789012 eu-west-1', 'vpc-why iam-policy'],
  ],
  throttled: [{ kind: 'throttled', service: 'EC2' }, ['AWS is limiting our calls to EC2', 'ask again in a minute']],
  unreachable: [{ kind: 'unreachable', service: 'Redis', detail: 'connection refused' }, ['Redis did not answer']],
  cancelled: [{ kind: 'cancelled', detail: 'shutting down' }, ['was stopped', 'shutting down']],
};

describe('a failure', () => {
  it.each(Object.entries(EXAMPLES))('%s says what happened and who can mend it', (_, [failure, words]) => {
    const shown = show(explainFailure(failure));

    expect(words.filter((each) => !shown.includes(each))).toEqual([]);
    expect(shown).toMatch(/^⚠️ Couldn't check: /);
  });

  it('without input says what is missing', () => {
    expect(show(explainFailure({ kind: 'not-understood', input: '', expected: 'an address' }))).toContain(
      'something is missing: expected an address',
    );
  });

  it('speaks of the command that was used', () => {
    const failure = { kind: 'not-understood', input: 'x', expected: 'y' } as const;

    expect(show(explainFailure(failure, 'vpc-why'))).toContain('vpc-why help');
  });

  it('shows hostile input without becoming markup', () => {
    const messages = renderSlackMessages(
      explainFailure({
        kind: 'not-understood',
        input: `<!channel> ${'`'.repeat(7)} ${'x'.repeat(9_000)}`,
        expected: 'less',
      }),
    );

    expect(messages.flatMap(checkMessage)).toEqual([]);
  });
});

it('a fault of ours is owned, with the name of the question', () => {
  expect(show(explainDefect('0123abcd'))).toMatch(/not your doing[^]*0123abcd/);
});

function show(document: Document): string {
  return renderTerminal({ parent: document, replies: [] }, { width: 1_000, colour: false });
}
