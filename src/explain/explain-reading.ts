import { formatAddress } from '../net/address.ts';
import { formatProtocol } from '../net/protocol.ts';
import type { Block, Document } from './document.ts';
import { explainFailure } from './explain-failure.ts';
import { shortName } from './phrase.ts';
import { plainText } from './plain-text.ts';
import type { FreeTextReading, NothingBecause, Role, Took, TookValue } from './reading.ts';
import { code, joinSpans, sentence, timeRange, type Sentence } from './sentence.ts';

type Several = Extract<FreeTextReading, { kind: 'several' }>;

/** What a question in free text was made of, in one sentence; `undefined` where it was typed as it is asked. */
export function explainTook(took: readonly Took[]): Document | undefined {
  if (took.length === 0) return undefined;
  const spans = tookSentence(took);
  return { summary: plainText(spans), blocks: [{ kind: 'note', spans }] };
}

/** It cannot be told which of these is meant: the asker chooses. */
export function explainSeveral({ choices, left = 0 }: Several, command = '/vpc'): Document {
  const headline = sentence`I can't tell which of these ${choices.length + left} is meant`;
  const more: readonly Block[] =
    left === 0 ? [] : [{ kind: 'note', spans: sentence`There are ${left} more; name one end or a port to say which.` }];
  return {
    summary: plainText(headline),
    blocks: [
      { kind: 'headline', tone: 'could-not-check', spans: headline },
      { kind: 'paragraph', spans: sentence`Ask for one of them:` },
      {
        kind: 'list',
        ordered: false,
        items: choices.map(({ command: asked, took }) => sentence`${itemsOf(took)}: ${code(`${command} ${asked}`)}`),
      },
      ...more,
    ],
  };
}

/** Nothing to ask about: what could have been read, by example. A command that was mistyped is told what is wrong. */
export function explainNothing(because: NothingBecause | undefined, mention: string, command = '/vpc'): Document {
  if (because?.kind === 'mistyped') return explainFailure(because.failure, command);
  const headline =
    because === undefined
      ? sentence`I found nothing here that I could ask about`
      : sentence`I can't look up names such as ${code(nameOf(because))}`;
  return {
    summary: plainText(headline),
    blocks: [
      { kind: 'headline', tone: 'could-not-check', spans: headline },
      {
        kind: 'paragraph',
        spans: sentence`Give me a network interface, an instance, an IP address or a flow log line; a second address and a port narrow it down. In a thread I also read the message above. For example:`,
      },
      { kind: 'command', shell: EXAMPLES.map((example) => `${mention} ${example}`).join('\n') },
    ],
  };
}

const EXAMPLES = [
  "why can't 10.0.1.5 reach 10.0.2.9:5432?",
  'eni-0a1b2c3d4e5f60718',
  'could i-0123456789abcdef0 reach 10.0.2.9 on port 443?',
];

function nameOf({ name, port }: Extract<NothingBecause, { kind: 'host-name' }>): string {
  return port === undefined ? shortName(name) : `${shortName(name)}:${port}`;
}

/** `Took from your message: port 443; from the message above: source 10.0.1.5, destination 10.0.2.9.` */
function tookSentence(took: readonly Took[]): Sentence {
  const above = took.filter(({ isAbove }) => isAbove);
  const own = took.filter(({ isAbove }) => !isAbove);
  if (above.length === 0) return sentence`Took from your message: ${itemsOf(own)}.`;
  if (own.length === 0) return sentence`Took from the message above: ${itemsOf(above)}.`;
  return sentence`Took from your message: ${itemsOf(own)}; from the message above: ${itemsOf(above)}.`;
}

function itemsOf(took: readonly Took[]): ReturnType<typeof joinSpans> {
  return joinSpans(took.map(itemOf), ', ');
}

type TookByKind = { readonly [T in TookValue as T['kind']]: T };

function itemOf(took: TookValue): Sentence {
  return itemOfKind(took.kind, took);
}

function itemOfKind<K extends keyof TookByKind>(kind: K, took: TookByKind[K]): Sentence {
  return ITEMS[kind](took);
}

/** The compiler asks for words for every new kind. */
const ITEMS: { readonly [K in keyof TookByKind]: (took: TookByKind[K]) => Sentence } = {
  'network-interface': ({ id, role }) => sentence`${roleOf(role)}network interface ${code(id)}`,
  instance: ({ id, role }) => sentence`${roleOf(role)}instance ${code(id)}`,
  address: ({ address, role = 'address' }) => sentence`${role} ${code(formatAddress(address))}`,
  elsewhere: ({ name, role }) => sentence`${roleOf(role)}${name}`,
  'host-name': ({ name }) => sentence`not ${code(shortName(name))}, for I can't look up names`,
  port: ({ port, service }) => sentence`port ${port}${service === undefined ? '' : ` for ${shortName(service)}`}`,
  protocol: ({ protocol }) => sentence`${formatProtocol(protocol)}`,
  window: ({ window: { start, end } }) => sentence`the time ${timeRange(start, end)}`,
  'flow-log-line': () => sentence`the flow log line`,
};

function roleOf(role: Role | undefined): string {
  return role === undefined ? '' : `${role} `;
}
