import type { FixCaution, Owner } from '../engine/fix/fix.ts';
import { assertNever } from '../lang/exhaustive.ts';
import { formatDuration, roughly, shortName } from './phrase.ts';
import { code, joinSpans, sentence, strong, time, type Sentence } from './sentence.ts';

/** Signs that the deny is meant are one reason to ask, in one sentence, before everything else. */
export function explainCautions(cautions: readonly FixCaution[]): readonly Sentence[] {
  const signs = cautions.filter(isSign);
  const others = cautions.filter((caution) => !isSign(caution));
  return [...(signs.length === 0 ? [] : [askFirst(signs)]), ...others.map(explainCaution)];
}

export function explainCaution(caution: FixCaution): Sentence {
  switch (caution.kind) {
    case 'deliberate-deny':
    case 'marked':
    case 'just-closed':
      return askFirst([caution]);
    case 'no-free-rule-number':
      return sentence`No rule number is free before ${caution.before}: renumber the network ACL's rules first.`;
    case 'group-shared':
      return sentence`The security group is shared: ${roughly(caution.interfaces, 'interface')} would get the new rule.`;
    case 'public-source':
      return sentence`The source is an internet address: make sure whose it is before letting it in.`;
    default:
      return assertNever(caution);
  }
}

/** What tells that somebody meant to deny. */
type Sign = Extract<FixCaution, { readonly kind: 'deliberate-deny' | 'marked' | 'just-closed' }>;

function isSign(caution: FixCaution): caution is Sign {
  return caution.kind === 'deliberate-deny' || caution.kind === 'marked' || caution.kind === 'just-closed';
}

function askFirst(signs: readonly Sign[]): Sentence {
  const [owner] = signs.flatMap((sign) => ('owner' in sign ? (sign.owner ?? []) : []));
  return sentence`${strong('Ask first:')} ${joinSpans(signs.map(explainSign), '; ')}. ${whomToAsk(owner)} before working round it.`;
}

function whomToAsk(owner: Owner | undefined): string {
  if (owner === undefined) return 'Find out why';
  return `Ask ${shortName(owner.name)} (tag ${shortName(owner.tag)})`;
}

function explainSign(sign: Sign): Sentence {
  switch (sign.kind) {
    case 'deliberate-deny':
      return sentence`somebody wrote rule ${sign.ruleNumber} to deny this`;
    case 'marked':
      return sentence`${code(sign.id)} ${markWords(sign)}`;
    case 'just-closed': {
      const before = sign.firstReject - sign.at;
      const when = before < 0 ? 'after' : before === 0 ? 'with' : `${formatDuration(before)} before`;
      return sentence`${sign.event} came ${when} the first reject, at ${time(sign.at)}`;
    }
    default:
      return assertNever(sign);
  }
}

function markWords({ field, text }: Extract<Sign, { readonly kind: 'marked' }>): string {
  const quoted = `"${shortName(text)}"`;
  if (typeof field === 'object') return `is tagged ${shortName(field.tag)} ${quoted}`;
  return field === 'name' ? `is named ${quoted}` : `is described as ${quoted}`;
}
