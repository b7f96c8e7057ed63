import type { Tone } from '../explain/document.ts';

/** How a verdict looks: an emoji and a word, never colour or emoji alone. The only place that knows them. */
export const TONES: Readonly<Record<Tone, { readonly emoji: string; readonly word: string; readonly ansi: number }>> = {
  blocked: { emoji: '🔴', word: 'Blocked', ansi: 31 },
  'likely-blocked': { emoji: '🟠', word: 'Likely blocked', ansi: 33 },
  'not-blocked': { emoji: '🟢', word: 'Not blocked', ansi: 32 },
  'no-evidence': { emoji: '⚪', word: 'No evidence', ansi: 37 },
  'could-not-check': { emoji: '⚠️', word: "Couldn't check", ansi: 35 },
  reachable: { emoji: '🟢', word: 'Reachable', ansi: 32 },
  undetermined: { emoji: '⚪', word: 'Undetermined', ansi: 37 },
  high: { emoji: '🔴', word: 'High', ansi: 31 },
  medium: { emoji: '🟠', word: 'Medium', ansi: 33 },
  low: { emoji: '🟡', word: 'Low', ansi: 33 },
  resolved: { emoji: '🟢', word: 'Resolved', ansi: 32 },
  unchanged: { emoji: '⚪', word: 'Nothing new', ansi: 37 },
  working: { emoji: '⏳', word: 'Looking', ansi: 36 },
};
