import { analysePath } from '../../engine/path/analyse-path.ts';
import type { PathAnalysis, PathEnd, PathQuestion, PathVerdict } from '../../engine/path/path.ts';
import { assertNever } from '../../lang/exhaustive.ts';
import { ExpectedError } from '../../failure/expected-error.ts';
import type { Failure } from '../../failure/failure.ts';
import { formatAddress } from '../../net/address.ts';
import { formatProtocol } from '../../net/protocol.ts';
import type { Snapshot } from '../../vpc/snapshot.ts';
import type { AuditFinding, AuditObject, AuditSeverity } from '../audit-finding.ts';
import type { AuditWorld } from '../audit-rule.ts';
import type { ExpectationFault } from './expectation-fault.ts';
import type { Expectation } from './expectation.ts';
import { resolveExpectedEnd } from './resolve-expected-end.ts';

const CHECKED = new WeakMap<AuditWorld, readonly AuditFinding[]>();

/** What is not as people wrote that it must be: at most one finding a line. */
export function checkExpectations(world: AuditWorld): readonly AuditFinding[] {
  const known = CHECKED.get(world);
  if (known !== undefined) return known;
  const findings = (world.expectations ?? []).flatMap((expectation) => checkOne(expectation, world.snapshot));
  CHECKED.set(world, findings);
  return findings;
}

/** One line stands for so many paths and no more: who names more has most likely mistyped. */
const MOST_PATHS = 100;

function checkOne(expectation: Expectation, snapshot: Snapshot): readonly AuditFinding[] {
  const about = { family: 'expectations', expectation } as const;
  const from = resolveExpectedEnd(expectation.from, snapshot);
  const to = resolveExpectedEnd(expectation.to, snapshot);
  if (from === undefined) {
    return [finding({ ...about, kind: 'expectation-names-nothing', end: expectation.from, side: 'from' }, snapshot)];
  }
  if (to === undefined) {
    return [finding({ ...about, kind: 'expectation-names-nothing', end: expectation.to, side: 'to' }, snapshot)];
  }
  const paths = from.length * to.length;
  if (paths > MOST_PATHS) {
    return [finding({ ...about, kind: 'expectation-names-too-much', paths, most: MOST_PATHS }, snapshot)];
  }
  const questions = from.flatMap((source) => questionsFrom(source, to, expectation));
  const fault = judge(expectation, analyseAll(questions, snapshot));
  return fault === undefined ? [] : [finding(fault, snapshot)];
}

function questionsFrom(from: PathEnd, ends: readonly PathEnd[], expectation: Expectation): readonly PathQuestion[] {
  const { protocol, port } = expectation;
  const service = port === undefined ? { protocol } : { protocol, destinationPort: port };
  return ends.filter((to) => idOf(to) !== idOf(from)).map((to) => Object.assign({ from, to }, service));
}

interface Analyses {
  readonly paths: readonly PathAnalysis[];
  /** Why some could not even be asked. */
  readonly failures: readonly Failure[];
}

function analyseAll(questions: readonly PathQuestion[], snapshot: Snapshot): Analyses {
  const paths: PathAnalysis[] = [];
  const failures: Failure[] = [];
  for (const question of questions) {
    try {
      paths.push(analysePath(question, snapshot));
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      failures.push(error.failure);
    }
  }
  return { paths, failures };
}

/** Broken comes before unknown: one path that is not as expected is enough. */
function judge(expectation: Expectation, { paths, failures }: Analyses): ExpectationFault | undefined {
  const about = { family: 'expectations', expectation } as const;
  const withVerdict = (verdict: PathVerdict): readonly PathAnalysis[] =>
    paths.filter((each) => each.verdict === verdict);
  const broken = withVerdict(expectation.must === 'reach' ? 'blocked' : 'reachable');
  const kind = expectation.must === 'reach' ? 'must-reach-broken' : 'must-not-reach-broken';
  if (broken[0] !== undefined) {
    return { ...about, kind, example: broken[0], failing: broken.length, paths: paths.length };
  }
  if (failures[0] !== undefined) return { ...about, kind: 'expectation-not-checkable', failure: failures[0] };
  const open = withVerdict('undetermined');
  if (open[0] === undefined) return undefined;
  return { ...about, kind: 'expectation-undetermined', example: open[0], failing: open.length, paths: paths.length };
}

function finding(fault: ExpectationFault, snapshot: Snapshot): AuditFinding {
  const { expectation } = fault;
  const isPath = 'example' in fault;
  const ends = isPath ? [fault.example.question.from, fault.example.question.to] : [];
  const [from, to] = ends.map((end) => objectOf(end, snapshot));
  return {
    id: `${fault.kind}:${lineOf(expectation)}`,
    severity: SEVERITY[fault.kind],
    fault,
    objects: [from ?? { id: expectation.from.written }, to ?? { id: expectation.to.written }],
    ...(isPath && { measure: fault.failing }),
    gaps: isPath ? fault.example.gaps : [],
  };
}

const SEVERITY: Readonly<Record<ExpectationFault['kind'], AuditSeverity>> = {
  'must-reach-broken': 'high',
  'must-not-reach-broken': 'high',
  'expectation-undetermined': 'medium',
  'expectation-names-nothing': 'medium',
  'expectation-names-too-much': 'medium',
  'expectation-not-checkable': 'medium',
};

/** The line itself: the same expectation has the same id wherever it stands in the file. */
function lineOf({ must, from, to, protocol, port }: Expectation): string {
  const service = [formatProtocol(protocol), ...(port === undefined ? [] : [port])].join('/');
  return `${must}:${from.written}>${to.written}:${service}`;
}

function objectOf(end: PathEnd, { interfaces, instances, vpcs }: Snapshot): AuditObject {
  const own = end.kind === 'interface' ? interfaces.get(end.id) : undefined;
  const name = end.kind === 'instance' ? instances.get(end.id)?.name : own?.name;
  const vpc = own === undefined ? undefined : vpcs.get(own.vpcId);
  return {
    id: idOf(end),
    ...(name !== undefined && { name }),
    ...(own?.accountId !== undefined && { accountId: own.accountId }),
    ...(vpc !== undefined && { region: vpc.region, vpcId: vpc.id }),
  };
}

function idOf(end: PathEnd): string {
  switch (end.kind) {
    case 'interface':
    case 'instance':
      return end.id;
    case 'address':
      return end.via === undefined ? formatAddress(end.address) : `${formatAddress(end.address)}@${end.via}`;
    case 'internet':
      return 'internet';
    case 'service':
      return end.prefixListId;
    default:
      return assertNever(end);
  }
}
