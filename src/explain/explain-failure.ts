import type { Candidate, Failure, Place } from '../failure/failure.ts';
import type { Block, Document, Tone } from './document.ts';
import { formatList, shortName } from './phrase.ts';
import { plainText } from './plain-text.ts';
import { code, sentence, type Sentence } from './sentence.ts';

/** Expected trouble as an answer: what happened, who can put it right, and how. */
export function explainFailure(failure: Failure, command = '/vpc'): Document {
  const { headline, remedy, blocks = [] } = words(failure, command);
  const tone: Tone = 'could-not-check';
  return {
    summary: plainText(headline),
    blocks: [{ kind: 'headline', tone, spans: headline }, { kind: 'paragraph', spans: remedy }, ...blocks],
  };
}

/** A fault of ours: said so, with the name under which our log tells more. */
export function explainDefect(questionId: string): Document {
  const headline = sentence`something went wrong here, and it is not your doing`;
  return {
    summary: plainText(headline),
    blocks: [
      { kind: 'headline', tone: 'could-not-check', spans: headline },
      {
        kind: 'paragraph',
        spans: sentence`Tell those who run this bot; its log has the details under ${code(questionId)}.`,
      },
    ],
  };
}

interface Words {
  readonly headline: Sentence;
  readonly remedy: Sentence;
  readonly blocks?: readonly Block[];
}

type FailureByKind = { readonly [F in Failure as F['kind']]: F };

function words(failure: Failure, command: string): Words {
  return wordsOf(failure.kind, failure, command);
}

function wordsOf<K extends keyof FailureByKind>(kind: K, failure: FailureByKind[K], command: string): Words {
  return WORDS[kind](failure, command);
}

/** The compiler asks for words for every new kind. */
const WORDS: { readonly [K in keyof FailureByKind]: (failure: FailureByKind[K], command: string) => Words } = {
  'not-understood': ({ input, expected, verb }, command) => ({
    headline:
      input.trim() === ''
        ? sentence`something is missing: expected ${expected}`
        : sentence`I can't use ${code(shortName(input))}: expected ${expected}`,
    remedy: sentence`For example ${code(`${command} ${exampleOf(verb ?? 'why-rejected', command)}`)}; ${code(`${command} help ${verb ?? 'why-rejected'}`)} tells the rest.`,
  }),
  'not-allowed': ({ account }) => ({
    headline: sentence`account ${shortName(account)} is not one that this bot may read`,
    remedy: sentence`Those who run the bot can add a role of that account to ${code('vpc-why.yaml')}; ${code('vpc-why iam-policy')} prints what the role must allow.`,
  }),
  'no-such-resource': ({ id, lookedIn, refusedIn = [], isWithheld, recordedIn }) => {
    if (recordedIn !== undefined) return notRecorded(id, recordedIn);
    return {
      headline: sentence`${code(shortName(id))} was not found in ${isWithheld ? 'the accounts that you may ask about' : places(lookedIn)}`,
      remedy: isWithheld
        ? sentence`It may be gone, or be in an account that is not for you here.${refusals(refusedIn)}`
        : sentence`It may be gone, or be somewhere else: ${code('--account')} and ${code('--region')} say where to look.${refusals(refusedIn)}`,
    };
  },
  'ambiguous-target': ({ id, candidates }, command) => ({
    headline: sentence`${code(shortName(id))} belongs to ${candidates.length} network interfaces: which one?`,
    remedy: sentence`Ask for one of them:`,
    blocks: [
      { kind: 'list', ordered: false, items: candidates.map((candidate) => explainCandidate(candidate, command)) },
    ],
  }),
  'no-account-in-reach': () => ({
    headline: sentence`of the accounts that you may ask about, this bot reads none`,
    remedy: sentence`Those who run it can mend that in ${code('vpc-why.yaml')}: ${code('access.rules')} names accounts that ${code('aws.accounts')} does not.`,
  }),
  'no-credentials': ({ detail }) => ({
    headline: sentence`this bot has no valid AWS credentials`,
    remedy: sentence`Those who run it can see why with ${code('vpc-why doctor')} (${shortName(detail)}).`,
  }),
  'no-region': () => ({
    headline: sentence`no AWS region is set, so there is nowhere to look`,
    remedy: sentence`Name one in the question, such as ${code('--region eu-west-1')}. Those who run the bot can set ${code('AWS_REGION')}, or ${code('aws.regions')} in ${code('vpc-why.yaml')}.`,
  }),
  'missing-permission': ({ action, place }) => ({
    headline: sentence`AWS denied ${code(action)} in ${formatPlace(place)}, without which there is no answer`,
    remedy: sentence`Whoever administers that account can allow it to the bot's role: ${code('vpc-why iam-policy')} prints the whole read-only policy.`,
  }),
  throttled: ({ service }) => ({
    headline: sentence`AWS is limiting our calls to ${shortName(service)}`,
    remedy: sentence`Nothing is wrong with your question: ask again in a minute.`,
  }),
  unreachable: ({ service, detail }) => ({
    headline: sentence`${shortName(service)} did not answer`,
    remedy: sentence`Ask again in a minute. If it stays so, those who run the bot can look into it: ${shortName(detail)}.`,
  }),
  cancelled: ({ detail }) => ({
    headline: sentence`the work on this question was stopped`,
    remedy: sentence`Ask again (${shortName(detail)}).`,
  }),
};

function notRecorded(id: string, file: string): Words {
  return {
    headline: sentence`${code(shortName(id))} was not found in the recorded network ${code(shortName(file))}`,
    remedy: sentence`Record a network that holds it with ${code('vpc-why snapshot')}, or ask without ${code('--snapshot')}.`,
  };
}

const EXAMPLES = {
  'why-rejected': 'why-rejected eni-0a1b2c3d4e5f60718 --port 443',
  path: 'path eni-0a1b2c3d4e5f60718 10.20.9.40 tcp/443',
  audit: 'audit schedule prod "0 7 * * 1-5" Europe/Berlin',
} as const;

/** A terminal has no schedules. */
function exampleOf(verb: keyof typeof EXAMPLES, command: string): string {
  return verb === 'audit' && !command.startsWith('/') ? 'audit --families peering,flow-logs' : EXAMPLES[verb];
}

const MOST_PLACES = 6;

function places(all: readonly Place[]): string {
  return all.length === 0 ? 'any account or region' : formatList(all.map(formatPlace), MOST_PLACES);
}

function formatPlace({ accountId, region }: Place): string {
  return accountId === undefined ? region : `account ${accountId} ${region}`;
}

function refusals(refusedIn: readonly Place[]): string {
  return refusedIn.length === 0 ? '' : ` It may also be where AWS denied us a look: ${places(refusedIn)}.`;
}

function explainCandidate(candidate: Candidate, command: string): Sentence {
  const { interfaceId, name, vpcId, accountId, region } = candidate;
  const facts = [
    ...(name === undefined ? [] : [shortName(name)]),
    ...(vpcId === undefined ? [] : [vpcId]),
    formatPlace(candidate),
  ];
  const account = accountId === undefined ? '' : ` --account ${accountId}`;
  return sentence`${code(`${command} why-rejected ${interfaceId}${account} --region ${region}`)} (${facts.join(', ')})`;
}
