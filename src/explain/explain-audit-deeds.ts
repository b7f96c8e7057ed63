import type { AuditHistory, Mute } from '../audit/audit-history.ts';
import type { PlannedAudit } from '../audit/planned-audit.ts';
import { AUDIT_FAMILIES } from '../audit/audit-snapshot.ts';
import type { EpochSeconds } from '../lang/time.ts';
import type { Block, Document } from './document.ts';
import { cutItems, listOf } from './list-of.ts';
import { count, formatList, shortName } from './phrase.ts';
import { plainText } from './plain-text.ts';
import { code, sentence, strong, time, type Sentence } from './sentence.ts';

interface Timed {
  readonly audit: PlannedAudit;
  readonly cron: string;
  readonly timezone: string;
}

interface Scheduled extends Timed {
  readonly next: readonly { readonly local: string }[];
  /** There was one of this name before. */
  readonly isChanged: boolean;
}

/** A schedule was made or changed: when it will run, by the clock it is read by. */
export function explainScheduled({ audit, cron, timezone, next, isChanged }: Scheduled): Document {
  const deed = isChanged ? 'changed' : 'scheduled';
  const first = sentence`Audit ${strong(audit.name)} is ${deed}: ${code(cron)} in ${timezone}, told in ${channelOf(audit)}. It looks for ${scopeOf(audit)}.`;
  return said(first, [
    { kind: 'paragraph', spans: sentence`The next runs, ${timezone}:` },
    ...listOf(next.map(({ local }) => sentence`${local}`)),
    {
      kind: 'note',
      spans: sentence`It posts what changed, is silent otherwise, and gives a sign of life once a week. I must be in that channel: ${code('/invite')} me there.`,
    },
  ]);
}

export function explainRemoved(name: string): Document {
  return said(sentence`Audit ${strong(name)} is removed, with what it remembered.`);
}

export function explainNoSuchAudit(name: string, names: readonly string[]): Document {
  const known = names.length === 0 ? 'none is scheduled' : `scheduled are ${formatList(names, MOST_NAMES)}`;
  return said(sentence`There is no audit ${code(shortName(name))}: ${known}.`);
}

const MOST_NAMES = 20;

interface Running {
  /** Absent: everything, for this channel. */
  readonly name?: string;
  readonly channelId: string;
  readonly outcome: 'added' | 'duplicate';
}

export function explainRunning({ name, channelId, outcome }: Running): Document {
  const what = name === undefined ? 'An audit of everything' : `Audit ${name}`;
  const begun = outcome === 'added' ? 'runs now' : 'was asked for a moment ago and runs already';
  return said(sentence`${what} ${begun}; its digest comes in ${mention(channelId)}.`);
}

export function explainMuted({ findingId, reason, until }: Mute): Document {
  return said(
    sentence`${code(findingId)} is muted until ${time(until)}: ${shortName(reason)}. If it is still there then, you will hear of it again.`,
  );
}

export function explainUnmuted(findingId: string, wasMuted: boolean): Document {
  return wasMuted
    ? said(sentence`${code(findingId)} is no longer muted: the next run tells of it if it is still there.`)
    : said(sentence`${code(findingId)} was not muted.`);
}

interface Kept {
  readonly timed: Timed & { readonly next?: EpochSeconds };
  readonly history: AuditHistory | undefined;
}

interface Listing {
  readonly audits: readonly Kept[];
  readonly mutes: readonly Mute[];
  readonly now: EpochSeconds;
}

/** Every schedule with its last and its next run, and what is muted until when. */
export function explainAudits({ audits, mutes, now }: Listing): Document {
  const first =
    audits.length === 0
      ? sentence`No audit is scheduled. ${code('audit schedule prod "0 7 * * 1-5"')} makes one.`
      : sentence`${count(audits.length, 'audit is', 'audits are')} scheduled.`;
  const muted: readonly Block[] =
    mutes.length === 0
      ? []
      : [
          { kind: 'title', text: 'Muted' },
          { kind: 'list', ordered: false, items: cutItems(mutes.map(explainMute), MOST_NAMES) },
        ];
  const items = cutItems(
    audits.map((each) => explainKept(each, now)),
    MOST_AUDITS,
  );
  return said(first, [...listOf(items), ...muted]);
}

const MOST_AUDITS = 40;

function explainKept({ timed, history }: Kept, now: EpochSeconds): Sentence {
  const { audit, cron, timezone, next } = timed;
  const last = history === undefined ? 'never' : outcomeOf(history);
  const due: Sentence =
    next === undefined ? sentence`unknown` : next < now ? sentence`due now` : sentence`${time(next)}`;
  const origin = audit.origin === 'configuration' ? ' (configuration file)' : '';
  return sentence`${strong(audit.name)}${origin}: ${code(cron)} ${timezone}, in ${channelOf(audit)}, for ${scopeOf(audit)} · last run ${last} · next ${due}`;
}

function outcomeOf({ ranAt, findings, trouble }: AuditHistory): Sentence {
  return trouble === undefined
    ? sentence`${time(ranAt)}, ${count(findings.length, 'finding')}`
    : sentence`${time(ranAt)}, without a result: ${shortName(trouble)}`;
}

function explainMute({ findingId, reason, by, until }: Mute): Sentence {
  return sentence`${code(findingId)} until ${time(until)} by ${{ kind: 'person', id: by }}: ${shortName(reason)}`;
}

function scopeOf({ scope }: PlannedAudit): string {
  const { families = AUDIT_FAMILIES, accounts = [], regions = [], vpcs = [] } = scope;
  const places = [...accounts, ...regions, ...vpcs];
  const what = formatList(
    families.map((family) => family.replace('-', ' ')),
    AUDIT_FAMILIES.length,
  );
  return places.length === 0 ? `${what} everywhere` : `${what} in ${formatList(places, MOST_NAMES)}`;
}

function channelOf({ channelId }: PlannedAudit): Sentence {
  return mention(channelId);
}

function mention(channelId: string): Sentence {
  return sentence`${{ kind: 'channel', id: channelId }}`;
}

function said(first: Sentence, blocks: readonly Block[] = []): Document {
  return { summary: plainText(first), blocks: [{ kind: 'paragraph', spans: first }, ...blocks] };
}
