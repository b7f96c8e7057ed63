import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What is counted, as functions: whoever counts knows nothing of Prometheus. */
export interface Metrics {
  readonly asked: (question: { readonly kind: string; readonly via: string }) => void;
  readonly answered: (answer: { readonly kind: string; readonly verdict: string; readonly seconds: number }) => void;
  readonly failed: (failure: { readonly kind: string; readonly failure: string }) => void;
  readonly calledAws: (call: { readonly name: string; readonly outcome: string; readonly seconds: number }) => void;
  readonly calledSlack: (call: { readonly method: string; readonly outcome: string }) => void;
  /** In Prometheus's text format. */
  readonly render: () => Promise<{ readonly contentType: string; readonly text: string }>;
}

/** Jobs by state, read when somebody scrapes. */
export type CountJobs = () => Promise<object>;

/** From command to verdict: a person waits; half a minute is too long. */
const ANSWER_SECONDS = [0.5, 1, 2, 3, 5, 8, 15, 30, 60];
const CALL_SECONDS = [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];

/** Labels are words of our own, operations and error codes: never ids, addresses or names. */
export function createMetrics(countJobs: CountJobs): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'vpc_why_' });
  const asked = new Counter({
    ...named('questions_total', 'Questions taken in'),
    labelNames: ['kind', 'via'],
    registers,
  });
  const answered = new Counter({
    ...named('answers_total', 'Questions answered, by the verdict of their first finding'),
    labelNames: ['kind', 'verdict'],
    registers,
  });
  const seconds = new Histogram({
    ...named('answer_seconds', 'From the asking to the verdict in the channel'),
    labelNames: ['kind'],
    buckets: ANSWER_SECONDS,
    registers,
  });
  const failed = new Counter({
    ...named('failures_total', 'Questions answered with a failure, by what failed'),
    labelNames: ['kind', 'failure'],
    registers,
  });
  const aws = new Histogram({
    ...named('aws_call_seconds', 'Calls to AWS, by operation and how they ended'),
    labelNames: ['operation', 'outcome'],
    buckets: CALL_SECONDS,
    registers,
  });
  const slack = new Counter({
    ...named('slack_calls_total', 'Calls to Slack, by method and how they ended'),
    labelNames: ['method', 'outcome'],
    registers,
  });
  queueDepth(registry, countJobs);
  return {
    asked: (labels) => asked.inc(labels),
    answered: ({ kind, verdict, seconds: took }) => {
      answered.inc({ kind, verdict });
      seconds.observe({ kind }, took);
    },
    failed: (labels) => failed.inc(labels),
    calledAws: ({ name, outcome, seconds: took }) => aws.observe({ operation: name, outcome }, took),
    calledSlack: (labels) => slack.inc(labels),
    render: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}

/** A queue that does not answer has no depth to tell: the gauge is left out, and `/readyz` says why. */
function queueDepth(registry: Registry, countJobs: CountJobs): void {
  const gauge = new Gauge({
    ...named('queue_jobs', 'Questions in the queue, by state'),
    labelNames: ['state'],
    registers: [registry],
    collect: async () => {
      gauge.reset();
      const counts = await countJobs().catch(() => ({}));
      for (const [state, count] of Object.entries<number>({ ...counts })) gauge.set({ state }, count);
    },
  });
}

function named(name: string, help: string): { readonly name: string; readonly help: string } {
  return { name: `vpc_why_${name}`, help };
}
