import type { Diagnosis } from '../engine/diagnosis.ts';
import type { ExplainedFinding } from './explain-finding.ts';
import { targetName } from './explain-flow.ts';
import { noiseCounts } from './explain-noise.ts';
import { roughly } from './phrase.ts';
import { sentence } from './sentence.ts';

/** The answer when there is nothing to find: all was accepted, only scanning was blocked, or there was nothing at all. */
export function explainQuiet(diagnosis: Diagnosis): Pick<ExplainedFinding, 'tone' | 'headline' | 'details'> {
  const { reading, noise, question } = diagnosis;
  const name = targetName(diagnosis);
  const asked = Object.keys(question.filter).length > 0 ? ' that you asked about' : '';
  if (noise.records > 0) {
    return {
      tone: 'not-blocked',
      headline: sentence`${name}: only internet background scanning was rejected, as intended`,
      details: sentence`${noiseCounts(noise)}.`,
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
    headline: sentence`${name}: no traffic${asked} was rejected here in this time`,
    details: sentence`${roughly(reading.accepted, 'record')} accepted, none${asked} rejected. If it still fails, look at the other end, the route between, or the host itself.`,
  };
}
