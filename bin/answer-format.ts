import type { Thread } from '../src/explain/document.ts';
import { ExpectedError } from '../src/failure/expected-error.ts';
import { renderMarkdown } from '../src/render/markdown.ts';
import { renderTerminal } from '../src/render/terminal.ts';
import type { Terminal } from './terminal.ts';

const FORMATS = ['text', 'json', 'markdown'] as const;
export type Format = (typeof FORMATS)[number];

/** The format asked for, before the command is read: a mistake in the command is told in it too. */
export function takeFormat(words: readonly string[]): { readonly format: Format; readonly rest: readonly string[] } {
  const { value, rest } = takeOption(words, 'format');
  if (value === undefined) return { format: 'text', rest };
  const format = FORMATS.find((known) => known === value);
  if (format !== undefined) return { format, rest };
  throw new ExpectedError({ kind: 'not-understood', input: `--format ${value}`, expected: FORMATS.join(', ') });
}

/** An option that only a terminal has, taken out of the words of the question. */
export function takeOption(
  words: readonly string[],
  name: string,
): { readonly value?: string; readonly rest: readonly string[] } {
  const spread = words.flatMap((word) =>
    word.startsWith(`--${name}=`) ? [`--${name}`, word.slice(name.length + 3)] : [word],
  );
  const at = spread.indexOf(`--${name}`);
  return at < 0 ? { rest: words } : { value: spread[at + 1] ?? '', rest: spread.toSpliced(at, 2) };
}

/** An answer as it was asked for. */
export function renderAnswer(
  format: Format,
  { thread, json }: { readonly thread: () => Thread; readonly json: () => unknown },
  terminal: Terminal,
): string {
  const render: Record<Format, () => string> = {
    text: () => renderTerminal(thread(), terminal),
    markdown: () => renderMarkdown(thread()),
    json: () => `${JSON.stringify(json(), null, 2)}\n`,
  };
  return render[format]();
}
