import { auditSnapshot } from '../../src/audit/audit-snapshot.ts';
import { parseSnapshot } from '../../src/vpc/parse-snapshot.ts';
import type { Row } from './evaluate.ts';
import { generateNetwork, type GeneratedNetwork } from './generate-network.ts';

const NOW = 1_795_000_000;
const ROUNDS = 7;

/** A whole account from its recorded JSON to findings; the growth from 10 to 50 VPCs beside the growth of objects. */
export function benchAudit(): Promise<readonly Row[]> {
  const [small, large] = [generateNetwork(10), generateNetwork(50)];
  // The large one first: its heap serves both.
  const fifty = bestOf(Array.from({ length: ROUNDS }, () => timeOf(large)));
  const ten = bestOf(Array.from({ length: ROUNDS }, () => timeOf(small)));
  const growth = fifty.total / ten.total;
  const findings = auditSnapshot({ snapshot: large.snapshot, now: NOW }).findings.length;
  return Promise.resolve([
    {
      name: 'audit of 50 VPCs, parsing included',
      beside: '10 VPCs',
      ratio: growth / (large.objects / small.objects),
      detail: `of proportional: ${fifty.total.toFixed(0)} ms beside ${ten.total.toFixed(0)} ms of CPU, ${growth.toFixed(1)} × the time for ${large.objects / small.objects} × the objects; goal: at most 1 ×`,
    },
    {
      name: 'the rules alone',
      beside: 'parsing the snapshot',
      ratio: fifty.rules / fifty.parsing,
      detail: `${fifty.rules.toFixed(0)} ms beside ${fifty.parsing.toFixed(0)} ms, ${findings} findings`,
    },
  ]);
}

interface Time {
  readonly parsing: number;
  readonly rules: number;
  readonly total: number;
}

function timeOf({ raws }: GeneratedNetwork): Time {
  const started = cpuMilliseconds();
  const snapshot = parseSnapshot(raws);
  const parsed = cpuMilliseconds();
  auditSnapshot({ snapshot, now: NOW });
  const ended = cpuMilliseconds();
  return { parsing: parsed - started, rules: ended - parsed, total: ended - started };
}

/** Of this process alone: machines are shared. */
function cpuMilliseconds(): number {
  return process.cpuUsage().user / 1000;
}

/** Collecting garbage falls now on one round, now on another. */
function bestOf(times: readonly Time[]): Time {
  return times.toSorted((a, b) => a.total - b.total)[0]!;
}
