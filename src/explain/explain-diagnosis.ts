import type { Diagnosis } from '../engine/diagnosis.ts';
import type { Block, Document, Thread } from './document.ts';
import { explainAdvice } from './explain-advice.ts';
import { LOGS_ARE_BLIND } from './explain-confidence.ts';
import { count } from './phrase.ts';
import { explainCouldNotSee } from './explain-could-not-see.ts';
import { resource } from './console-link.ts';
import { explainBriefly, explainFinding } from './explain-finding.ts';
import { explainFix } from './explain-fix.ts';
import { explainQueries } from './explain-queries.ts';
import { explainNoise } from './explain-noise.ts';
import { explainQuiet, isQuiet } from './explain-quiet.ts';
import type { Verdict } from './verdict.ts';
import { explainWhy } from './explain-why.ts';
import { formatAddress } from '../net/address.ts';
import { remoteAddress, servicePort } from './explain-flow.ts';
import { plainText } from './plain-text.ts';
import { code, joinSpans, sentence, time, timeRange, type Part, type Sentence } from './sentence.ts';
import type { Telling } from './telling.ts';

/** Who asked, as a Slack user id or a name. */
export interface ExplainContext {
  readonly askedBy?: string;
}

/**
 * The thread that answers a question: the verdict in the channel, and below it why, what to do, and what we could not see.
 * The first line stands alone: who reads only the notification has the answer.
 */
export function explainDiagnosis(diagnosis: Diagnosis, context: ExplainContext): Thread {
  const [finding, ...others] = diagnosis.findings;
  const couldNotSee = explainCouldNotSee(diagnosis);
  if (finding === undefined) {
    return {
      parent: parentOf(diagnosis, { first: explainQuiet(diagnosis), noise: false, others: [], context }),
      replies: [couldNotSee],
    };
  }
  const telling = { finding, diagnosis };
  const first = explainFinding(telling);
  return {
    parent: parentOf(diagnosis, {
      first,
      noise: !isQuiet(telling),
      others: others.map((other) => ({ finding: other, diagnosis })),
      context,
    }),
    replies: [...(isQuiet(telling) ? [] : [explainWhy(telling, first), whatToDo(telling)]), couldNotSee].filter(
      (reply) => reply !== undefined,
    ),
  };
}

interface Parent {
  readonly first: Verdict;
  readonly noise: boolean;
  readonly others: readonly Telling[];
  readonly context: ExplainContext;
}

function parentOf(diagnosis: Diagnosis, { first, noise, others, context }: Parent): Document {
  return {
    summary: plainText(first.headline),
    blocks: [
      { kind: 'headline', tone: first.tone, spans: first.headline },
      { kind: 'paragraph', spans: first.details },
      ...otherFindings(diagnosis, others),
      ...(noise && diagnosis.noise.records > 0
        ? [{ kind: 'paragraph', spans: explainNoise(diagnosis.noise) } as const]
        : []),
      { kind: 'note', spans: sourcesOf(diagnosis, context) },
    ],
  };
}

const MOST_OTHERS = 5;

function otherFindings(diagnosis: Diagnosis, others: readonly Telling[]): readonly Block[] {
  const [next] = others;
  if (next === undefined) return [];
  const items = others.slice(0, MOST_OTHERS).map(explainBriefly);
  const more = others.length - items.length + (diagnosis.omitted?.findings ?? 0);
  return [
    { kind: 'paragraph', spans: sentence`Also here (to ask about one: ${code(questionAbout(diagnosis, next))}):` },
    { kind: 'list', ordered: false, items: more > 0 ? [...items, sentence`and ${more} more`] : items },
  ];
}

/** The words that ask about one finding alone. */
function questionAbout({ target }: Diagnosis, { finding }: Telling): string {
  const port = servicePort(finding);
  const portOption = port === undefined ? '' : ` --port ${port}`;
  return `why-rejected ${target.id} --from ${formatAddress(remoteAddress(finding))}${portOption}`;
}

/** What the answer rests on and how old that is. */
function sourcesOf(diagnosis: Diagnosis, { askedBy }: ExplainContext): Sentence {
  const { target, window, coverage, configReadAt } = diagnosis;
  const end = Math.min(window.end, coverage.freshUntil ?? window.end);
  const logs = coverage.logs.some(({ reading }) => reading.kind === 'read') && end > window.start;
  const parts: Part[] = [
    sentence`${resource(target.region, target.id)}, account ${target.accountId}, ${target.region}`,
    ...(logs ? [sentence`flow logs ${timeRange(window.start, end)}`] : []),
    ...explainQueries(coverage),
    ...(configReadAt === undefined ? [] : [sentence`config read ${time(configReadAt)}`]),
    ...(askedBy === undefined ? [] : [sentence`asked by ${{ kind: 'person', id: askedBy }}`]),
  ];
  return sentence`${joinSpans(parts, ' · ')}`;
}

function whatToDo(telling: Telling): Document | undefined {
  const { fix, row } = telling.finding;
  const fixing =
    fix === undefined ? [] : [...forTheOthers(telling), ...explainFix(fix, telling.diagnosis.target.region)];
  const advice = fix === undefined || LOGS_ARE_BLIND.has(row) ? explainAdvice(telling) : [];
  const blocks = [...fixing, ...advice];
  if (blocks.length === 0) return undefined;
  const title = fix === undefined ? 'What to do' : 'Smallest fix';
  return { summary: title, blocks: [{ kind: 'title', text: title }, ...blocks] };
}

/** A rule is as narrow as one address: whoever shares the fate needs a rule, too. */
function forTheOthers({ finding }: Telling): readonly Block[] {
  const others = (finding.alike?.length ?? 0) + 1 - (finding.fix?.remotes ?? 1);
  if (others === 0) return [];
  const address = formatAddress(remoteAddress(finding));
  return [
    {
      kind: 'paragraph',
      spans: sentence`For ${address} alone; ${count(others, 'other address needs', 'other addresses need')} the same.`,
    },
  ];
}
