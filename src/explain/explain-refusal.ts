import type { Refused, RefusalReason } from '../access/may-ask.ts';
import type { Document } from './document.ts';
import { shortName } from './phrase.ts';
import { plainText } from './plain-text.ts';
import { code, sentence, type Sentence } from './sentence.ts';

/** Why somebody gets no answer, to them alone, and whom to ask instead. Says nothing of what exists. */
export function explainRefusal({ because, askInstead }: Refused): Document {
  const { headline, remedy } = WORDS[because];
  const instead =
    askInstead === undefined
      ? sentence`Those who run this bot decide who may ask.`
      : sentence`Ask ${shortName(askInstead)} instead.`;
  return {
    summary: plainText(headline),
    blocks: [
      { kind: 'headline', tone: 'could-not-check', spans: headline },
      { kind: 'paragraph', spans: sentence`${remedy} ${instead}` },
    ],
  };
}

interface Words {
  readonly headline: Sentence;
  readonly remedy: Sentence;
}

const AGAIN = sentence`Ask again in a moment. If it stays so, those who run this bot can see why with ${code('vpc-why doctor')}.`;

/** The compiler asks for words for every new reason. */
const WORDS: Readonly<Record<RefusalReason, Words>> = {
  outsider: {
    headline: sentence`I answer members of the organisation that runs me only`,
    remedy: sentence`What I know of its network is not for others to read.`,
  },
  guest: {
    headline: sentence`guests of this workspace can’t ask me`,
    remedy: sentence`What I know of the network is for full members.`,
  },
  'shared-channel': {
    headline: sentence`I don’t answer in channels that are shared with other organisations`,
    remedy: sentence`Ask in a channel of your own organisation, or in a direct message to me.`,
  },
  'unknown-asker': {
    headline: sentence`Slack did not tell me in time who you are, so I don’t answer`,
    remedy: AGAIN,
  },
  'unknown-channel': {
    headline: sentence`Slack did not tell me in time whether this channel is shared, so I don’t answer here`,
    remedy: AGAIN,
  },
  'unknown-groups': {
    headline: sentence`Slack did not tell me in time which user groups you are in, so I don’t answer`,
    remedy: AGAIN,
  },
  'no-rule': {
    headline: sentence`you may not ask about any account in this channel`,
    remedy: sentence`Other channels may be open for it, or a user group that you could join.`,
  },
  'not-for-audits': {
    headline: sentence`you may not manage audits in this channel`,
    remedy: sentence`You may ask questions; audits are for others.`,
  },
  'other-account': {
    headline: sentence`you may not ask about that account in this channel`,
    remedy: sentence`Leave ${code('--account')} out to look in those that you may ask about.`,
  },
};
