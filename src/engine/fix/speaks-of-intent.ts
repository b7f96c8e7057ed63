/**
 * Words by which people mark what is closed on purpose. Ours: AWS has no convention for it.
 * Whole words, whatever their case; blanks, hyphens and underscores part words alike.
 */
const WORDS: readonly string[] = [
  'block',
  'blocked',
  'compliance',
  'contain',
  'contained',
  'containment',
  'denied',
  'deny',
  'do not',
  "don't",
  'forensics',
  'freeze',
  'frozen',
  'incident',
  'isolate',
  'isolated',
  'isolation',
  'lockdown',
  'quarantine',
  'quarantined',
  'temporarily',
  'temporary',
];

/** Not a letter or digit before, nor after. */
const SPOKEN = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${WORDS.map((word) => word.replace(' ', String.raw`[\s_-]+`)).join('|')})(?![\\p{L}\\p{N}])`,
  'iu',
);

/** `INC-123`, `SEC-4711`; names of standards look the same. */
const TICKET = /(?<![\w-])(?!(?:AES|RFC|SHA|TLS|UTF)-)[A-Z][A-Z0-9]{1,9}-\d{1,7}(?![\w-])/;

/** Longer texts are cut before they are looked at: tags and descriptions have at most 256 characters in AWS. */
const LONGEST = 256;

/** Whether a name, tag or description says that something is closed on purpose. */
export function speaksOfIntent(text: string): boolean {
  const read = text.slice(0, LONGEST);
  return SPOKEN.test(read) || TICKET.test(read);
}
