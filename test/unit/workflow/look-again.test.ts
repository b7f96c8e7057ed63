import { describe, expect, it } from 'vitest';
import { trailEvent } from '../../../demo/account/trail-events.ts';
import type { WatchedFlow } from '../../../src/engine/watched-flow.ts';
import { ExpectedError } from '../../../src/failure/expected-error.ts';
import { lookAgain } from '../../../src/workflow/look-again.ts';
import type { ChangesRequest, CollectChanges, CollectRequest } from '../../../src/workflow/sources.ts';
import { inputOf, linesOf, RICH_FIELDS } from '../../support/ask-why.ts';
import { buildVpc } from '../../support/build-vpc.ts';
import { clock } from '../../support/flow-lines.ts';
import { eni, sg } from '../../support/ids.ts';
import { allow, egress, ingress, tcp } from '../../support/rules.ts';

const { accept, reject } = linesOf('db');
const postgres = '10.0.1.5:49152 -> 10.0.2.9:5432 tcp';
const rejected = reject(postgres, { flags: 2, at: '12:00:00' });
const accepted = accept(postgres, { flags: 3, at: '12:10:00' });

/** Today: somebody has let the clients in. */
const vpc = buildVpc()
  .subnet('data', '10.0.2.0/24')
  .acl('data', [ingress(100).allow(tcp(), '0.0.0.0/0'), egress(100).allow(tcp(), '0.0.0.0/0')])
  .securityGroup('db', { ingress: [allow(tcp(5432), '10.0.1.0/24')] })
  .interface('db', { subnet: 'data', address: '10.0.2.9', groups: ['db'] })
  .flowLog({ fields: RICH_FIELDS });
const { raw } = vpc.build();

const flow: WatchedFlow = {
  interfaceId: eni('db'),
  accountId: '123456789012' as WatchedFlow['accountId'],
  region: 'eu-west-1' as WatchedFlow['region'],
  direction: 'ingress',
  protocol: 6,
  remote: '10.0.1.5',
  servicePort: 5432,
  lastRejected: clock('12:00:00'),
};

const letIn = (port: number): string =>
  trailEvent({
    id: `let-in-${port}`,
    name: 'AuthorizeSecurityGroupIngress',
    atMs: clock('12:05:00') * 1_000,
    accountId: flow.accountId,
    region: flow.region,
    resources: [sg('db')],
    request: {
      groupId: sg('db'),
      ipPermissions: {
        items: [{ ipProtocol: 'tcp', fromPort: port, toPort: port, ipRanges: { items: [{ cidrIp: '10.0.1.0/24' }] } }],
      },
    },
  }).text;

const NO_COST = { calls: 1, rounds: 1, milliseconds: 80 };

/** CloudTrail, which knows everything since the morning. */
const trail =
  (...events: readonly string[]): CollectChanges =>
  async ({ objectIds }) => ({
    readings: objectIds.map((objectId) => ({
      objectId,
      events: objectId === sg('db') ? events : [],
      knownSince: clock('09:00:00'),
    })),
    readAt: clock('12:30:00'),
    gaps: [],
    cost: NO_COST,
  });

const options = { signal: new AbortController().signal, onStep: () => undefined };

function look(lines: readonly string[], collectChanges: CollectChanges, requests: CollectRequest[] = []) {
  return lookAgain(
    { flow, now: clock('12:30:00'), askedBy: 'dana' },
    {
      collect: async (request) => {
        requests.push(request);
        const { interfaceId, observations, logReadings } = inputOf(vpc, { of: 'db', lines });
        return { interfaceId, observations, logReadings, snapshots: [raw], cost: NO_COST };
      },
      collectChanges,
    },
    options,
  );
}

describe('a second look at a watched flow', () => {
  it('reads what was logged since the last reject, without asking for what costs', async () => {
    const requests: CollectRequest[] = [];
    await look([], trail(), requests);

    expect(requests).toEqual([
      {
        target: { kind: 'network-interface', id: eni('db') },
        scope: { accountId: flow.accountId, region: flow.region },
        window: { start: clock('12:00:00'), end: clock('12:30:00') },
        askedBy: 'dana',
        withoutQueries: true,
      },
    ]);
  });

  it('says whose change let the traffic through', async () => {
    expect(await look([rejected, accepted], trail(letIn(5432)))).toMatchObject({
      kind: 'accepted',
      openedBy: { event: 'AuthorizeSecurityGroupIngress', by: { kind: 'role', name: 'deploy' }, at: clock('12:05:00') },
    });
  });

  it.each<[string, CollectChanges]>([
    ['CloudTrail tells of none', trail()],
    ['the change it tells of let something else through', trail(letIn(443))],
    [
      'CloudTrail cannot be asked',
      () => Promise.reject(new ExpectedError({ kind: 'throttled', service: 'cloudtrail' })),
    ],
  ])('names nobody where %s', async (_, collectChanges) => {
    const news = await look([rejected, accepted], collectChanges);

    expect(news.kind).toBe('accepted');
    expect(news).not.toHaveProperty('openedBy');
  });

  it('asks CloudTrail only once the traffic passes', async () => {
    const requests: ChangesRequest[] = [];
    const news = await look([rejected, reject(postgres, { flags: 2, at: '12:10:00' })], (request, how) => {
      requests.push(request);
      return trail()(request, how);
    });

    expect([news.kind, requests]).toEqual(['rejected', []]);
  });
});
