import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { afterAll, expect, it, vi } from 'vitest';
import { openPgliteQueue } from '../../../src/queue/pglite.ts';
import { openEmbeddedInMemory } from '../../../src/queue/embedded.ts';
import { callAws } from '../../../src/aws/call-aws.ts';
import { startTracing } from '../../../src/operations/start-tracing.ts';
import { question } from '../../support/questions.ts';
import { asking } from '../../unit/aws/asking.ts';

const exporter = new InMemorySpanExporter();
const tracing = startTracing(new SimpleSpanProcessor(exporter));
afterAll(() => tracing.stop());

it('a trace leads from whoever asked through the queue to the call of AWS', async () => {
  const { pool, close } = await openEmbeddedInMemory();
  const queue = openPgliteQueue({ pool, onError: () => undefined, telemetry: tracing.telemetry });
  const worker = queue.startWorker(
    {
      run: async () => {
        await callAws(asking(), 'DescribeVpcs', async () => undefined);
        return { kind: 'done' };
      },
      abandoned: async () => undefined,
    },
    { concurrency: 1, onError: () => undefined },
  );
  await queue.enqueue(question());
  await vi.waitFor(async () => expect(await queue.counts()).toMatchObject({ completed: 1 }), { timeout: 10_000 });
  await worker.stop(1_000);
  await queue.close();
  await close();

  const spans = exporter.getFinishedSpans();
  const called = spans.find(({ name }) => name === 'DescribeVpcs')!;
  const names = spans
    .filter((span) => span.spanContext().traceId === called.spanContext().traceId)
    .map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining([expect.stringMatching(/^add/), expect.stringMatching(/^process/)]));
});
