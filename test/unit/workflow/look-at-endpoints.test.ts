import { describe, expect, it } from 'vitest';
import { ExpectedError } from '../../../src/failure/expected-error.ts';
import type { Failure } from '../../../src/failure/failure.ts';
import type { FoundTraffic, TrafficRequest } from '../../../src/workflow/sources.ts';
import { lookAtEndpoints } from '../../../src/workflow/look-at-endpoints.ts';
import { buildVpc, type VpcBuilder } from '../../support/build-vpc.ts';
import { clock } from '../../support/flow-lines.ts';
import { eni, vpce } from '../../support/ids.ts';
import { ACCOUNT, REGION, type EndpointPlan, type FlowLogPlan } from '../../support/vpc-plan.ts';

const NOW = clock('12:00:00');
const DAY = 86_400;
/** A minute's interval, delivery and a margin (FLOW-54). */
const DELIVERED = NOW - 420;
const SQS: EndpointPlan = { service: 'sqs', interfaces: ['a', 'b'] };

/** An endpoint with an interface in each of two subnets. */
const network = (log: FlowLogPlan | 'none' = {}, change: Partial<EndpointPlan> = {}): VpcBuilder => {
  const vpc = buildVpc()
    .subnet('one', '10.0.1.0/24')
    .subnet('two', '10.0.2.0/24')
    .interface('a', { subnet: 'one', address: '10.0.1.5', type: 'vpc_endpoint' })
    .interface('b', { subnet: 'two', address: '10.0.2.5', type: 'vpc_endpoint' })
    .endpoint('sqs', { ...SQS, ...change });
  return log === 'none' ? vpc : vpc.flowLog(log);
};

const silence = (since: number): FoundTraffic => ({ kind: 'silence', since });
const WEEK: FoundTraffic = silence(NOW - 7 * DAY);

/** What the search finds at each interface; and what it was asked. */
async function look(vpc: VpcBuilder, found: Readonly<Record<string, FoundTraffic | Failure>> = {}) {
  const asked: TrafficRequest[] = [];
  const uses = await lookAtEndpoints(vpc.build().snapshot, {
    findTraffic: async (request) => {
      asked.push(request);
      const [, answer = WEEK] = Object.entries(found).find(([name]) => eni(name) === request.interfaceId) ?? [];
      if (isFailure(answer)) throw new ExpectedError(answer);
      return answer;
    },
    askedBy: 'audit-prod',
    now: NOW,
    signal: new AbortController().signal,
  });
  return { use: uses.get(vpce('sqs')), asked, uses };
}

function isFailure(answer: FoundTraffic | Failure): answer is Failure {
  return !['traffic', 'silence', 'incomplete', 'nothing'].includes(answer.kind);
}

describe('an interface endpoint', () => {
  it('is silent where all of its interfaces were, for the time that all of them were on record', async () => {
    const { use } = await look(network(), { b: silence(NOW - 3 * DAY) });

    expect(use).toEqual({ kind: 'silent', window: { start: NOW - 3 * DAY, end: DELIVERED } });
  });

  it('is looked for in a week of its flow log, in its own account and region', async () => {
    const { asked } = await look(network());

    expect(asked.map(({ interfaceId }) => interfaceId)).toEqual([eni('a'), eni('b')]);
    expect(asked[0]).toMatchObject({
      logGroup: 'vpc-flow-logs',
      scope: { accountId: ACCOUNT, region: REGION },
      window: { start: NOW - 7 * DAY, end: DELIVERED },
    });
  });

  it('is used where one of them carried something, and the others are not asked', async () => {
    const { use, asked } = await look(network(), { a: { kind: 'traffic' } });

    expect(use).toEqual({ kind: 'used' });
    expect(asked).toHaveLength(1);
  });

  it('is used though another of its interfaces could not be looked at', async () => {
    const { use } = await look(network(), { a: { kind: 'nothing' }, b: { kind: 'traffic' } });

    expect(use).toEqual({ kind: 'used' });
  });

  it.each<[string, FoundTraffic | Failure, object]>([
    ['is younger than a day on record', silence(NOW - DAY / 2), { because: 'incomplete' }],
    ['has lost records', { kind: 'incomplete' }, { because: 'incomplete' }],
    ['has no lines at all', { kind: 'nothing' }, { because: 'not-found' }],
    [
      'may not be looked into',
      { kind: 'missing-permission', action: 'logs:FilterLogEvents', place: { region: REGION } },
      { because: 'access-denied', action: 'logs:FilterLogEvents' },
    ],
    ['is throttled', { kind: 'throttled', service: 'CloudWatch Logs' }, { because: 'throttled' }],
  ])('is not judged where one %s', async (_, found, why) => {
    const { use } = await look(network(), { b: found });

    expect(use).toMatchObject({ kind: 'unknown', gap: { fact: 'endpoint-traffic', about: vpce('sqs'), ...why } });
  });

  it.each<[string, FlowLogPlan | 'none', string]>([
    ['no flow log covers it', 'none', 'not-found'],
    ['only rejects are logged', { trafficType: 'REJECT' }, 'not-collected'],
    ['they are in S3, where all would have to be read', { s3: 'arn:aws:s3:::acme-logs' }, 'not-collected'],
    ['silence cannot be told from loss', { fields: 'interface-id srcaddr dstaddr action' }, 'not-collected'],
  ])('is not judged, and nothing asked, where %s', async (_, log, because) => {
    const { use, asked } = await look(network(log));

    expect(use).toMatchObject({ kind: 'unknown', gap: { because } });
    expect(asked).toEqual([]);
  });

  it.each<[string, Partial<EndpointPlan>]>([
    ['of another type', { type: 'Gateway', interfaces: [] }],
    ['that is not available', { state: 'pendingAcceptance' }],
    ['without interfaces', { interfaces: [] }],
  ])('%s is not looked at', async (_, change) => {
    expect((await look(network({}, change))).uses.size).toBe(0);
  });

  it('is not looked at past the fiftieth', async () => {
    const many = Array.from({ length: 60 }, (_, index) => `e${index}`).reduce(
      (vpc, name) => vpc.endpoint(name, { service: name, interfaces: ['a'] }),
      network(),
    );
    const { uses, asked } = await look(many, { a: { kind: 'traffic' } });

    expect(asked).toHaveLength(50);
    expect([...uses.values()].filter(({ kind }) => kind === 'unknown')).toHaveLength(11);
  });
});
