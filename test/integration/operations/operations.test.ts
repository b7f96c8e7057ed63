import { afterEach, expect, it } from 'vitest';
import { createMetrics, type Metrics } from '../../../src/operations/metrics.ts';
import { serveOperations, type OperationsServer } from '../../../src/operations/serve-operations.ts';

let server: OperationsServer;
afterEach(() => server.close());

const ready = async (): Promise<void> => undefined;
const away = (): Promise<never> => Promise.reject(new Error('ECONNREFUSED 10.0.0.1:6379'));
const hanging = (): Promise<never> => new Promise(() => undefined);

async function open(
  checks: Readonly<Record<string, () => Promise<unknown>>>,
  metrics: Pick<Metrics, 'render'> = createMetrics(async () => ({ waiting: 3 })),
): Promise<(path: string, method?: string) => Promise<{ status: number; text: string }>> {
  server = await serveOperations({ host: '127.0.0.1', port: 0, checks, metrics });
  return async (path, method = 'GET') => {
    const response = await fetch(`${server.url}${path}`, { method });
    return { status: response.status, text: await response.text() };
  };
}

it('says that it lives, whatever else is away', async () => {
  const get = await open({ queue: away });

  expect(await get('/healthz')).toEqual({ status: 200, text: 'alive\n' });
});

it('is ready when everything that it needs is', async () => {
  const get = await open({ queue: ready, store: ready });

  expect(await get('/readyz')).toEqual({ status: 200, text: 'queue: ready\nstore: ready\n' });
});

it.each([
  ['is away', away],
  ['hangs', hanging],
])('is not ready when something %s, and tells what, but not where', async (_, check) => {
  const get = await open({ queue: check, store: ready });

  expect(await get('/readyz')).toEqual({ status: 503, text: 'queue: not ready\nstore: ready\n' });
});

it('counts what happened', async () => {
  const metrics = createMetrics(async () => ({ waiting: 3, active: 1 }));
  metrics.asked({ kind: 'why-rejected', via: 'mention' });
  metrics.answered({ kind: 'why-rejected', verdict: 'blocked', seconds: 2 });
  metrics.failed({ kind: 'path', failure: 'throttled' });
  metrics.calledAws({ name: 'DescribeVpcs', outcome: 'throttled', seconds: 0.3 });
  metrics.calledSlack({ method: 'chat.update', outcome: 'rate-limited' });
  const get = await open({}, metrics);
  const { text } = await get('/metrics');

  expect(text.split('\n')).toEqual(
    expect.arrayContaining([
      'vpc_why_questions_total{kind="why-rejected",via="mention"} 1',
      'vpc_why_answers_total{kind="why-rejected",verdict="blocked"} 1',
      'vpc_why_answer_seconds_bucket{le="2",kind="why-rejected"} 1',
      'vpc_why_failures_total{kind="path",failure="throttled"} 1',
      'vpc_why_aws_call_seconds_count{operation="DescribeVpcs",outcome="throttled"} 1',
      'vpc_why_slack_calls_total{method="chat.update",outcome="rate-limited"} 1',
      'vpc_why_queue_jobs{state="waiting"} 3',
      'vpc_why_queue_jobs{state="active"} 1',
    ]),
  );
});

it('tells no depth of a queue that does not answer', async () => {
  const get = await open({}, createMetrics(away));
  const { status, text } = await get('/metrics');

  expect(status).toBe(200);
  expect(text).not.toContain('vpc_why_queue_jobs{');
});

it.each([
  ['/', 'GET'],
  ['/metrics?x', 'GET'],
  ['/slack/events', 'GET'],
  ['/healthz', 'POST'],
])('has nothing else: %s %s', async (path, method) => {
  const get = await open({});

  expect((await get(path, method)).status).toBe(404);
});
