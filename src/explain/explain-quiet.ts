import type { Diagnosis } from '../engine/diagnosis.ts';
import type { Telling } from './telling.ts';
import type { Verdict } from './verdict.ts';
import { targetName } from './explain-flow.ts';
import { noiseCounts } from './explain-noise.ts';
import { roughly } from './phrase.ts';
import { code, sentence } from './sentence.ts';

/** Nothing was rejected, and nobody asked about one flow: that its packets "never arrived" would be said of nothing. */
export function isQuiet({ finding, diagnosis }: Telling): boolean {
  return finding.row === 'T-54' && finding.group === undefined && Object.keys(diagnosis.question.filter).length === 0;
}

/**
 * The answer when there is nothing to find: all was accepted, only scanning was blocked, or there was nothing at all.
 * Records that could not be used are no proof that nothing was blocked.
 */
export function explainQuiet(diagnosis: Diagnosis): Verdict {
  const { reading, noise } = diagnosis;
  const name = targetName(diagnosis);
  if (reading.undirected.count > 0 && reading.rejected > noise.records) {
    return {
      tone: 'could-not-check',
      headline: sentence`${name}: ${leftOut(reading.undirected.count)}, rejects among them, for it cannot be told which way the packets went`,
      details: sentence`None of their addresses is one of this interface now, and their log format has no ${code('flow-direction')}.`,
    };
  }
  if (noise.records > 0) {
    return {
      tone: 'not-blocked',
      headline: sentence`${name}: only internet background scanning was rejected, as intended`,
      details: sentence`${capital(noiseCounts(noise))}.`,
    };
  }
  if (reading.records === 0 && reading.malformed.count > 0) {
    return {
      tone: 'could-not-check',
      headline: sentence`${name}: ${roughly(reading.malformed.count, 'flow log line')} were found and none could be read`,
      details: sentence`They are cut off, or not in the format that the flow log is said to have.`,
    };
  }
  if (reading.records === 0) {
    return {
      tone: 'no-evidence',
      headline: sentence`${name}: the flow logs hold no record of it in this time`,
      details: sentence`Nothing was rejected and nothing accepted. Ask for a longer time, or see whether the traffic reaches this interface at all.`,
    };
  }
  return {
    tone: 'not-blocked',
    headline: sentence`${name}: nothing was rejected here in this time`,
    details: sentence`${capital(roughly(reading.accepted, 'record'))} accepted, none rejected. If it still fails, look at the other end, the route between, or the host itself.`,
  };
}

function leftOut(records: number): string {
  return `${roughly(records, 'record')} ${records === 1 ? 'was' : 'were'} left out`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
