import type { Gap } from '../vpc/gap.ts';
import { explainGap, nameGap } from './explain-gap.ts';
import { code, sentence, type Sentence } from './sentence.ts';

/** What a path could not be judged without. A filter asks for records' fields; here the question itself lacks them. */
export function explainPathGap(gap: Gap): Sentence {
  return lacksPort(gap)
    ? sentence`The port was not named, as in ${code('tcp/443')}: rules for some ports only leave the answer open.`
    : explainGap(gap);
}

/** The same to stand inside another sentence. */
export function namePathGap(gap: Gap): string {
  return lacksPort(gap) ? 'the port was not named' : nameGap(gap);
}

function lacksPort({ fact, about }: Gap): boolean {
  return fact === 'flow-log-records' && about === 'dstport';
}
