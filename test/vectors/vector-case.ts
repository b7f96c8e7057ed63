import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseSnapshot } from '../../src/vpc/parse-snapshot.ts';
import type { RawSnapshot } from '../../src/vpc/raw-snapshot.ts';
import type { Snapshot } from '../../src/vpc/snapshot.ts';

/** One flow and what AWS would say of it. The format is described beside the vectors. */
export interface VectorCase {
  readonly id: string;
  readonly from: VectorEnd;
  readonly to: VectorEnd;
  readonly protocol: string;
  readonly srcPort?: number;
  readonly dstPort?: number;
  readonly icmpType?: number;
  readonly icmpCode?: number;
  readonly expected: { readonly reachable: boolean; readonly blockedBy?: VectorBlocker };
  readonly assumes?: readonly string[];
  readonly ambiguous?: string;
}

export interface VectorEnd {
  readonly eni?: string;
  readonly instance?: string;
  readonly ip?: string;
  /** Gateway behind which the host stands. */
  readonly via?: string;
}

export interface VectorBlocker {
  readonly kind: string;
  readonly id?: string;
  readonly ids?: readonly string[];
  readonly direction?: string;
  readonly leg?: string;
  readonly ruleNumber?: number;
  readonly reason?: string;
  readonly altKinds?: readonly string[];
}

export interface Scenario {
  readonly name: string;
  readonly raws: readonly RawSnapshot[];
  readonly snapshot: Snapshot;
  readonly cases: readonly VectorCase[];
}

export function readScenarios(folder: string): readonly Scenario[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => readScenario(folder, name));
}

function readScenario(folder: string, name: string): Scenario {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, name, file), 'utf8'));
  const raws = [read('snapshot.json')].flat() as RawSnapshot[];
  return { name, raws, snapshot: parseSnapshot(raws), cases: read('cases.json') as VectorCase[] };
}
