import { auditSnapshot } from '../../src/audit/audit-snapshot.ts';
import { parseSnapshot } from '../../src/vpc/parse-snapshot.ts';
import { generateNetwork, type GeneratedNetwork } from './generate-network.ts';
import type { Row } from './row.ts';

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
      what: 'audit of 50 VPCs, parsing included',
      beside: 'five times that of 10 VPCs',
      goal: 1,
      ...same(growth / (large.objects / small.objects)),
      detail: `processor ${fifty.total.toFixed(0)} ms beside ${ten.total.toFixed(0)} ms, ${large.objects / small.objects} × the objects`,
    },
    {
      what: 'the rules alone',
      beside: 'parsing the snapshot',
      ...same(fifty.rules / fifty.parsing),
      detail: `processor ${fifty.rules.toFixed(0)} ms beside ${fifty.parsing.toFixed(0)} ms, ${findings} findings`,
    },
  ]);
}

/** Only processor time is taken here. */
function same(ratio: number): Pick<Row, 'wall' | 'cpu'> {
  return { wall: ratio, cpu: ratio };
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
