import type { Tone } from '../explain/document.ts';
import type { PictureTone } from './answer-picture.ts';

const DRAWN: Partial<Record<Tone, PictureTone>> = {
  blocked: 'blocked',
  'likely-blocked': 'likely-blocked',
  'not-blocked': 'not-blocked',
  'no-evidence': 'no-evidence',
  'could-not-check': 'could-not-check',
  reachable: 'reachable',
  undetermined: 'undetermined',
};

/** Tones of audits and of progress are of no answer that is drawn. */
export function pictureTone(tone: Tone): PictureTone {
  return DRAWN[tone] ?? 'undetermined';
}
