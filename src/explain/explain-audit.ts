import type { AuditFinding, AuditSeverity } from '../audit/audit-finding.ts';
import { isNews, type AuditNews } from '../audit/audit-news.ts';
import { SEVERITY_RANK } from '../audit/audit-snapshot.ts';
import type { EpochSeconds } from '../lang/time.ts';
import { footerOf, type AuditCoverage } from './audit-footer.ts';
import type { Block, Document, Thread } from './document.ts';
import { explainAuditFinding } from './explain-audit-finding.ts';
import { explainAuditGaps } from './explain-audit-gaps.ts';
import type { FaultTelling } from './fault-telling.ts';
import { cutItems } from './list-of.ts';
import { count, formatList } from './phrase.ts';
import { sentence, type Sentence } from './sentence.ts';

export interface AuditDigest extends AuditCoverage {
  /** Of the schedule. Absent: somebody asked for everything, once. */
  readonly name?: string;
  readonly news: AuditNews;
  /** Of the last run that came to a result. Absent: there was none. */
  readonly since?: EpochSeconds;
}

export type TellFault = (finding: AuditFinding) => FaultTelling;

/** What changed since the last run, in one message; each new or worse finding in a reply of its own. */
export function explainAudit(digest: AuditDigest, tell: TellFault): Thread {
  const title = titleOf(digest);
  const told = toldOf(digest.news);
  return {
    parent: {
      summary: title,
      blocks: [
        { kind: 'title', text: title },
        ...told.slice(0, MOST_LINES).map((each) => lineOf(each, digest, tell)),
        ...moreLines(told.length - MOST_LINES),
        ...resolvedLine(digest.news),
        ...deniedLine(digest.news),
        ...quietLine(digest),
        ...footerOf(digest),
      ],
    },
    replies: isNews(digest.news) ? repliesOf(digest, tell) : [],
  };
}

const MOST_LINES = 5;
const MOST_REPLIES = 10;
const MOST_TITLES = 40;

function titleOf({ name, news, since }: AuditDigest): string {
  const { new: fresh, back, worse, unchanged, resolved, muted } = news;
  const quiet = muted.length === 0 ? '' : ` (${muted.length} muted)`;
  const audit = `Audit ${name ?? 'of everything'}`;
  if (since === undefined) return `${audit}, first run: ${count(fresh.length, 'finding')}${quiet}`;
  const changes = [
    numbered(fresh, 'new'),
    numbered(back, 'back'),
    numbered(worse, 'worse'),
    numbered(resolved, 'resolved'),
  ];
  const told = [...changes.flat(), `${unchanged.length} unchanged`];
  return `${audit}: ${told.join(', ')}${quiet}`;
}

function numbered(items: readonly unknown[], word: string): readonly string[] {
  return items.length === 0 ? [] : [`${items.length} ${word}`];
}

interface Told {
  readonly change: 'new' | 'worse' | 'mute ended';
  readonly finding: AuditFinding;
}

/** The worst first. */
function toldOf(news: AuditNews): readonly Told[] {
  const as = (change: Told['change'], findings: readonly AuditFinding[]): readonly Told[] =>
    findings.map((finding) => ({ change, finding }));
  const all = [...as('new', news.new), ...as('worse', news.worse), ...as('mute ended', news.back)];
  return all.toSorted((a, b) => rankOf(b.finding.severity) - rankOf(a.finding.severity));
}

function rankOf(severity: AuditSeverity): number {
  return SEVERITY_RANK[severity];
}

/** The first time, everything is new. */
function lineOf({ change, finding }: Told, { since }: AuditDigest, tell: TellFault): Block {
  const lead = since === undefined ? '' : `${change} · `;
  return { kind: 'headline', tone: finding.severity, spans: sentence`${lead}${tell(finding).title}` };
}

function moreLines(more: number): readonly Block[] {
  return more <= 0 ? [] : [{ kind: 'paragraph', spans: sentence`and ${more} more in the thread` }];
}

function resolvedLine({ resolved }: AuditNews): readonly Block[] {
  if (resolved.length === 0) return [];
  const titles = resolved.map(
    ({ finding, because }) => `${brief(finding.title)}${because === 'gone' ? ' (no longer exists)' : ''}`,
  );
  const [shown, left] = [titles.slice(0, MOST_LINES), titles.length - MOST_LINES];
  const more = left > 0 ? ` · and ${left} more` : '';
  return [{ kind: 'headline', tone: 'resolved', spans: sentence`${shown.join(' · ')}${more}` }];
}

/** A title is a sentence; several in a line are not. */
function brief(title: string): string {
  const words = Array.from(title.replace(/[.]$/, ''));
  return words.length > LONGEST_BRIEF ? `${words.slice(0, LONGEST_BRIEF).join('')}…` : words.join('');
}

const LONGEST_BRIEF = 110;

function deniedLine({ newBlindSpots }: AuditNews): readonly Block[] {
  if (newBlindSpots.length === 0) return [];
  return [
    {
      kind: 'headline',
      tone: 'could-not-check',
      spans: sentence`AWS denied ${formatList(newBlindSpots, MOST_LINES)}: what stands there was not judged`,
    },
  ];
}

/** Once a week, so that silence is not mistaken for a bot that has died; and to whoever asked for a run. */
function quietLine({ news, since }: AuditDigest): readonly Block[] {
  if (isNews(news)) return [];
  const known = `${count(news.unchanged.length, 'known finding')}, none of them worse`;
  const spans: Sentence =
    since === undefined
      ? sentence`everything that was looked at is as it should be`
      : sentence`since ${{ kind: 'time', at: since }}: ${known}. This audit is silent until something changes, and says so once a week`;
  return [{ kind: 'headline', tone: 'unchanged', spans }];
}

function repliesOf(digest: AuditDigest, tell: TellFault): readonly Document[] {
  const told = toldOf(digest.news);
  return [
    ...told.slice(0, MOST_REPLIES).map(({ finding }) => explainAuditFinding(finding, tell(finding))),
    ...restOf(told.slice(MOST_REPLIES), tell),
    ...explainAuditGaps(digest.gaps),
  ];
}

function restOf(rest: readonly Told[], tell: TellFault): readonly Document[] {
  if (rest.length === 0) return [];
  const title = count(rest.length, 'more finding');
  const items = rest.map(({ change, finding }) => sentence`${finding.severity}, ${change}: ${tell(finding).title}`);
  return [
    {
      summary: title,
      blocks: [
        { kind: 'title', text: title },
        { kind: 'list', ordered: false, items: cutItems(items, MOST_TITLES) },
      ],
    },
  ];
}
