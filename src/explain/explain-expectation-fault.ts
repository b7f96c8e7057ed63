import type { AuditFinding } from '../audit/audit-finding.ts';
import type { ExpectationFault } from '../audit/expectations/expectation-fault.ts';
import type { Expectation } from '../audit/expectations/expectation.ts';
import { formatProtocol } from '../net/protocol.ts';
import type { Snapshot } from '../vpc/snapshot.ts';
import type { Block } from './document.ts';
import { explainFailure } from './explain-failure.ts';
import { explainGap } from './explain-gap.ts';
import { explainObstacle } from './explain-obstacle.ts';
import { explainVerdict } from './explain-path.ts';
import type { FaultTelling } from './fault-telling.ts';
import { cutItems } from './list-of.ts';
import { toldObstacle } from './path-packets.ts';
import { count, formatService, shortName } from './phrase.ts';
import { sentence, type Sentence } from './sentence.ts';
import { shellCommand } from './shell.ts';

/** A broken expectation, or one that cannot be checked, as a person reads it. Names are looked up in the snapshot. */
export function explainExpectationFault(
  fault: ExpectationFault,
  finding: AuditFinding,
  snapshot: Snapshot,
): FaultTelling {
  return explainKind(fault.kind, fault, { finding, snapshot });
}

interface Around {
  readonly finding: AuditFinding;
  readonly snapshot: Snapshot;
}

type Kind = ExpectationFault['kind'];
type FaultByKind = { readonly [K in Kind]: Extract<ExpectationFault, { readonly kind: K }> };

function explainKind<K extends Kind>(kind: K, fault: FaultByKind[K], around: Around): FaultTelling {
  return TELLINGS[kind](fault, around);
}

/** The compiler asks for every kind. */
const TELLINGS: { readonly [K in Kind]: (fault: FaultByKind[K], around: Around) => FaultTelling } = {
  'must-reach-broken': (fault, { finding, snapshot }) => ({
    title: sentence`${lineOf(fault.expectation)} is broken: ${verdictOf(fault, snapshot)}.`,
    evidence: [...howMany(fault), ...obstaclesOf(fault, snapshot)],
    why: sentence`Somebody wrote that this must work.`,
    fix: askForThePath(
      fault,
      finding,
      sentence`All obstacles must go, on the way there and on the way back. The path in full:`,
    ),
  }),
  'must-not-reach-broken': (fault, { finding, snapshot }) => ({
    title: sentence`${lineOf(fault.expectation)} is broken: ${verdictOf(fault, snapshot)}.`,
    evidence: howMany(fault),
    why: sentence`Somebody wrote that this must be kept apart.`,
    fix: askForThePath(
      fault,
      finding,
      sentence`Take away one of the rules or routes that let it pass; which ones these are, hop by hop:`,
    ),
  }),
  'expectation-undetermined': (fault, { finding, snapshot }) => ({
    title: sentence`${lineOf(fault.expectation)} could not be checked: ${verdictOf(fault, snapshot)}.`,
    evidence: [...howMany(fault), ...cutItems(fault.example.gaps.map(explainGap), MOST_ITEMS)],
    why: sentence`It is neither kept nor broken as far as we can see.`,
    fix: askForThePath(
      fault,
      finding,
      sentence`What would have to be known stands above. The path as far as it is known:`,
    ),
  }),
  'expectation-names-nothing': ({ expectation, end, side }) => ({
    title: sentence`${lineOf(expectation)} could not be checked: "${shortName(end.written)}" is nothing that we know.`,
    evidence: [
      sentence`Its ${side} matches no interface, instance, name or tag in the accounts and regions that were read.`,
    ],
    why: sentence`An expectation about nothing is never broken, whatever happens.`,
    fix: [paragraph(sentence`Correct the name in the file of expectations, or remove the line.`)],
  }),
  'expectation-names-too-much': ({ expectation, paths, most }) => ({
    title: sentence`${lineOf(expectation)} could not be checked: it stands for ${count(paths, 'path')}.`,
    evidence: [sentence`One line may stand for ${count(most, 'path')} at most.`],
    why: sentence`None of them was checked.`,
    fix: [paragraph(sentence`Name the ends more narrowly: one subnet, one group, one tag.`)],
  }),
  'expectation-not-checkable': ({ expectation, failure }) => ({
    title: sentence`${lineOf(expectation)} could not be checked: there can be no such path.`,
    evidence: [sentence`${explainFailure(failure).summary}`],
    why: sentence`An expectation that cannot be checked is never broken, whatever happens.`,
    fix: [paragraph(sentence`Correct the line in the file of expectations, or remove it.`)],
  }),
};

const MOST_ITEMS = 5;

type Checked = Extract<ExpectationFault, { readonly example: unknown }>;

/** `"web reaches the database" (must reach, web to orders, tcp/5432)`. */
function lineOf({ must, from, to, protocol, port, name }: Expectation): string {
  const word = must === 'reach' ? 'must reach' : 'must not reach';
  const line = `"${shortName(from.written)} ${word} ${shortName(to.written)} on ${formatService(protocol, port)}"`;
  return name === undefined ? line : `${shortName(name)}: ${line}`;
}

function verdictOf({ example }: Checked, snapshot: Snapshot): Sentence {
  return explainVerdict({ analysis: example, snapshot });
}

function howMany({ failing, paths }: Checked): readonly Sentence[] {
  if (paths === 1) return [];
  return [
    sentence`${failing} of ${count(paths, 'path')} between the two ends ${failing === 1 ? 'is' : 'are'} so; this is one.`,
  ];
}

function obstaclesOf({ example }: Checked, snapshot: Snapshot): readonly Sentence[] {
  const told = example.obstacles.map((obstacle) =>
    explainObstacle(toldObstacle({ analysis: example, snapshot }, obstacle)),
  );
  return cutItems(told, MOST_ITEMS);
}

/** Names are not ends of a path: the ids that they stood for are. */
function askForThePath(
  { example: { question } }: Checked,
  { objects }: AuditFinding,
  words: Sentence,
): readonly Block[] {
  const { protocol, destinationPort } = question;
  const service = destinationPort === undefined ? [] : ['--port', String(destinationPort)];
  const shell = shellCommand(
    ['vpc-why', 'path', ...objects.map(({ id }) => id)],
    [['--protocol', formatProtocol(protocol), ...service]],
  );
  return [paragraph(words), { kind: 'command', shell }];
}

function paragraph(spans: Sentence): Block {
  return { kind: 'paragraph', spans };
}
