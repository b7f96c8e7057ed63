import { expect, it } from 'vitest';
import { parseCommand } from '../../../src/command/parse-command.ts';
import type { WhyRejectedCommand } from '../../../src/command/command.ts';
import { ExpectedError } from '../../../src/failure/expected-error.ts';
import { answerWhyRejected } from '../../../src/workflow/why-rejected.ts';
import { inputOf, linesOf, RICH_FIELDS } from '../../support/ask-why.ts';
import { buildVpc } from '../../support/build-vpc.ts';
import { eni } from '../../support/ids.ts';

const { reject } = linesOf('db');
const network = buildVpc()
  .subnet('db', '10.0.2.0/24')
  .securityGroup('db')
  .interface('db', { subnet: 'db', address: '10.0.2.9', groups: ['db'] })
  .flowLog({ fields: RICH_FIELDS });
const { interfaceId, observations, logReadings, now } = inputOf(network, {
  of: 'db',
  lines: [reject('10.0.1.5:40000 -> 10.0.2.9:5432 tcp', { flags: 2 })],
});
const NO_COST = { calls: 0, rounds: 0, milliseconds: 0 };
const collected = { interfaceId, observations, logReadings, snapshots: [network.build().raw], cost: NO_COST };

const away = (): Promise<never> =>
  Promise.reject(new ExpectedError({ kind: 'unreachable', service: 'EC2', detail: 'away' }));

it('lets others have their turn between reading and judging, and says first what it is about to do', async () => {
  const happened: string[] = [];
  const sources = {
    collect: () => {
      setImmediate(() => happened.push('an acknowledgement'));
      return Promise.resolve(collected);
    },
    collectNetwork: away,
    collectProof: away,
    collectChanges: away,
  };
  const asking = {
    command: parseCommand(`why-rejected ${eni('db')}`, now) as WhyRejectedCommand,
    askedBy: 'dana',
    now: () => now,
    onFirstLook: () => happened.push('judged'),
  };

  await answerWhyRejected(asking, sources, {
    signal: new AbortController().signal,
    onStep: ({ kind }) => happened.push(kind),
  });

  expect(happened.slice(0, 3)).toEqual(['diagnosing', 'an acknowledgement', 'judged']);
});
