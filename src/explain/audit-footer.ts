import type { AuditNews } from '../audit/audit-news.ts';
import type { AuditFamily } from '../audit/audit-fault.ts';
import type { Failure } from '../failure/failure.ts';
import type { EpochSeconds } from '../lang/time.ts';
import type { Gap } from '../vpc/gap.ts';
import type { SnapshotScope } from '../vpc/snapshot.ts';
import type { Block } from './document.ts';
import { explainFailure } from './explain-failure.ts';
import { nameGap } from './explain-gap.ts';
import { count, formatList } from './phrase.ts';
import { joinSpans, sentence, time, type Sentence } from './sentence.ts';

/** What an audit looked for, where, and what it could not see. */
export interface AuditCoverage {
  readonly families: readonly AuditFamily[];
  readonly scopes: readonly SnapshotScope[];
  readonly gaps: readonly Gap[];
  /** Places of which nothing could be read. */
  readonly unread: readonly UnreadPlace[];
  /** Absent: there is no last run to compare with. */
  readonly news?: AuditNews;
  readonly now: EpochSeconds;
}

export interface UnreadPlace {
  /** `account 222222222222 eu-west-1`. */
  readonly place: string;
  readonly failure: Failure;
}

/** Small print: when, what for, where, and how much of it could not be read. */
export function footerOf(coverage: AuditCoverage): readonly Block[] {
  const { now, families, unread, news } = coverage;
  const read: Sentence = sentence`${time(now)} · looked for ${formatList(families.map(nameOf))} in ${placesOf(coverage)}`;
  return [
    {
      kind: 'note',
      spans: sentence`${joinSpans([read, ...gapsOf(coverage), ...(news === undefined ? [] : countsOf(news))], ' · ')}`,
    },
    ...unread.slice(0, MOST_PLACES).map(({ place, failure }): Block => {
      const words = `could not read ${place}: ${explainFailure(failure).summary}`;
      return { kind: 'note', spans: sentence`${words}` };
    }),
  ];
}

const MOST_PLACES = 3;
const MOST_GAPS = 2;

function nameOf(family: AuditFamily): string {
  return family === 'flow-logs' ? 'flow logs' : family;
}

function placesOf({ scopes, unread }: AuditCoverage): string {
  const accounts = new Set(scopes.map(({ accountId }) => accountId));
  const regions = new Set(scopes.map(({ region }) => region));
  const read = `${count(accounts.size, 'account')} and ${count(regions.size, 'region')}`;
  return unread.length === 0 ? read : `${read}; ${count(unread.length, 'place')} could not be read`;
}

function gapsOf({ gaps }: AuditCoverage): readonly string[] {
  if (gaps.length === 0) return ['nothing relevant was hidden'];
  const places = gaps.map((gap) => {
    const place = [gap.accountId, gap.region].filter((part) => part !== undefined).join(' ');
    return place === '' ? nameGap(gap) : `${nameGap(gap)} in ${place}`;
  });
  return [`couldn't see ${formatList([...new Set(places)], MOST_GAPS)}`];
}

function countsOf({ muted, unknown, leftOut }: AuditNews): readonly string[] {
  return [
    ...(muted.length === 0 ? [] : [`${muted.length} muted`]),
    ...(unknown.length === 0 ? [] : [`${count(unknown.length, 'known finding')} could not be checked`]),
    ...(leftOut === 0 ? [] : [`${count(leftOut, 'lesser finding')} left out`]),
  ];
}
