import type { Row } from './row.ts';

type Bench = () => Promise<readonly Row[]>;

/** One bench alone in a process, with nothing loaded that it does not need: a large heap is slow to keep clean. */
const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  text: async () => (await import('./read-text.ts')).benchReadText,
  gzip: async () => (await import('./read-gzip.ts')).benchReadGzip,
  parquet: async () => (await import('./read-parquet.ts')).benchReadParquet,
  diagnose: async () => (await import('./diagnose.ts')).benchDiagnose,
  evaluate: async () => (await import('./evaluate.ts')).benchEvaluate,
  routes: async () => (await import('./routes.ts')).benchRoutes,
  start: async () => (await import('./start.ts')).benchStart,
  acknowledge: async () => (await import('./acknowledge-beside-bolt.ts')).benchAcknowledgement,
  rounds: async () => (await import('./rounds.ts')).benchRounds,
  audit: async () => (await import('./audit.ts')).benchAudit,
};

const [, , name = ''] = process.argv;
const bench = await BENCHES[name]!();
const rows = await bench();
process.send?.(JSON.stringify(rows), () => process.disconnect());
