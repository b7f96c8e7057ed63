import type { FixChange } from '../engine/fix/fix.ts';
import type { BlastRadius, PassingFlow, Reach, RecordedRadius } from '../engine/fix/radius.ts';
import type { NonEmpty } from '../lang/non-empty.ts';
import { formatAddress } from '../net/address.ts';
import type { Region } from '../vpc/ids.ts';
import { resource } from './console-link.ts';
import type { Span } from './document.ts';
import { preposition } from './explain-rule.ts';
import { count, formatBlock, formatDuration, formatList, formatMatch, formatService, shortName } from './phrase.ts';
import { plainText } from './plain-text.ts';
import { joinSpans, sentence, type Part, type Sentence } from './sentence.ts';

/** Blast radius: what each change lets through besides, and which recorded flows would newly pass. */
export function explainRadius({ reaches, recorded }: BlastRadius, region: Region): readonly Sentence[] {
  const reached = reaches.map((reach) => explainReach(reach, region));
  return [...onceEach(reached), ...(recorded === undefined ? [] : [explainRecorded(recorded)])];
}

/** Two entries of one ACL, of which neither lets anything else through, need no two sentences. */
function onceEach(sentences: readonly Sentence[]): readonly Sentence[] {
  return [...new Map(sentences.map((each) => [plainText(each), each])).values()];
}

export function explainReach(reach: Reach, region: Region): Sentence {
  const [change] = reach.changes;
  const by = resource(region, change.kind === 'add-network-acl-entry' ? change.aclId : change.groupId);
  return sentence`Also opened by ${by}: ${reach.complete ? known(reach, region) : partlyKnown(reach, region)}.`;
}

function known(reach: Reach, region: Region): Part {
  const { changes, others } = reach;
  const where = PLACES[changes[0].kind];
  const meant = others.filter(({ effect }) => effect !== 'none');
  const opened = meant.filter(({ effect }) => effect === 'opens');
  const unknown = meant.filter(({ effect }) => effect === 'unknown');
  if (others.length === 0) return sentence`nothing; no other interface ${where.is(reach, region)}`;
  if (meant.length === 0) return 'nothing; elsewhere it passes already';
  const some = opened.length === 0 || opened.length === meant.length ? '' : `${opened.length} of `;
  const names = opened.length === 0 ? stoppedBy(reach) : sentence`: ${namesOf(opened, region)}`;
  const untold = unknown.length === 0 ? '' : `; for ${unknown.length} it could not be told`;
  return sentence`${opening(changes)} ${some}${count(meant.length, 'other interface')} ${where.that(reach, region)}${names}${untold}`;
}

function partlyKnown(reach: Reach, region: Region): Part {
  const opened = reach.others.filter(({ effect }) => effect === 'opens');
  const among = opened.length === 0 ? '' : sentence`, ${namesOf(opened, region)} among them`;
  const everywhere = PLACES[reach.changes[0].kind].everywhere;
  return sentence`${opening(reach.changes)} ${everywhere}${among}; not all of them were read`;
}

interface Place {
  readonly is: (reach: Reach, region: Region) => Part;
  readonly that: (reach: Reach, region: Region) => Part;
  readonly everywhere: string;
}

const inSubnets = ({ subnets }: Reach, region: Region): Part => sentence`in ${namesOf(subnets, region)}`;

const PLACES: Readonly<Record<FixChange['kind'], Place>> = {
  'add-security-group-rule': {
    is: () => 'carries it',
    that: () => 'with that group',
    everywhere: 'every interface with that group',
  },
  'add-network-acl-entry': {
    is: (reach, region) => sentence`is ${inSubnets(reach, region)}`,
    that: inSubnets,
    everywhere: 'every interface in its subnets whose groups allow it',
  },
};

/** Groups let answers pass whatever their rules say (CT-1): a range of ports is there for them. */
function stoppedBy({ changes: [{ kind, direction, ports }], others }: Reach): string {
  if (others.every(({ effect }) => effect !== 'stops')) return '';
  const way = direction === 'ingress' ? 'in' : 'out';
  if (kind === 'add-security-group-rule') return `, but their network ACLs do not let it ${way}`;
  const isForAnswers = ports === undefined || ports.from !== ports.to;
  return isForAnswers
    ? `, but security groups there let nothing but answers ${way}`
    : `, but no security group there lets it ${way}`;
}

function opening(changes: Reach['changes']): string {
  return `${whatIsOpened(changes)} ${changes[0].direction === 'ingress' ? 'to' : 'from'}`;
}

/** `tcp/5432 from 10.20.4.17/32 and 10.20.4.18/32`. */
export function whatIsOpened(changes: NonEmpty<FixChange>): string {
  const [change] = changes;
  const blocks = formatList(changes.map(({ cidr }) => formatBlock(cidr)));
  return `${formatMatch(change)} ${preposition(change.direction)} ${blocks}`;
}

const MOST_NAMED = 3;

function namesOf(things: readonly { readonly id: string; readonly name?: string }[], region: Region): readonly Span[] {
  const named = things
    .slice(0, MOST_NAMED)
    .map(({ id, name }) => resource(region, id, name === undefined ? undefined : shortName(name)));
  const more = things.length - named.length;
  return sentence`${joinSpans(named, ', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** What was looked at is part of the proof. */
export function explainRecorded(recorded: RecordedRadius): Sentence {
  const { others, passing } = recorded;
  const when = whenRecorded(recorded);
  if (others === 0) return sentence`Recorded flows: no other was rejected here in ${when}.`;
  const all = `${count(others, 'other flow')} rejected here in ${when}`;
  if (passing.length === 0) return sentence`Recorded flows: of ${all}, none would newly pass.`;
  const told = passing.slice(0, MOST_NAMED).map(explainPassing);
  const more = passing.length > MOST_NAMED ? ` and ${passing.length - MOST_NAMED} more` : '';
  return sentence`Recorded flows: of ${all}, ${String(passing.length)} would newly pass: ${told.join(', ')}${more}.`;
}

function whenRecorded({ of, isCut, window }: RecordedRadius): string {
  const seconds = window.end - window.start;
  const part = isCut ? 'a part of ' : '';
  if (of === 'day') return `${part}${formatDuration(seconds)}`;
  const more = seconds < A_DAY ? ' (a day was not read)' : '';
  return `${part}the ${formatDuration(seconds)} asked about${more}`;
}

const A_DAY = 86_400;

function explainPassing({ group, direction, leg, records, looksLikeScan }: PassingFlow): string {
  const service = formatService(group.protocol, group.servicePort);
  const way = `${leg === 'forward' ? service : `replies (${service})`} ${preposition(direction)} ${formatAddress(group.remote)}`;
  return `${way} (${looksLikeScan ? 'an internet scanner, ' : ''}${count(records, 'record')})`;
}
