import type { Noise } from '../engine/diagnosis.ts';
import { formatList, roughly } from './phrase.ts';
import { sentence, type Sentence } from './sentence.ts';

/** Background scanning in one line: it is blocked as intended and would only hide the rest. */
export function explainNoise(noise: Noise): Sentence {
  return sentence`Besides, internet background scanning was blocked as intended: ${noiseCounts(noise)}.`;
}

export function noiseCounts(noise: Noise): string {
  const ports = noise.ports.slice(0, 3).map(({ port }) => String(port));
  const most = ports.length === 0 ? '' : `, most to ${ports.length === 1 ? 'port' : 'ports'} ${formatList(ports)}`;
  return `${roughly(noise.records, 'record')} from ${roughly(noise.sources, 'address', 'addresses')}${most}`;
}
