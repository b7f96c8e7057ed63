import { LineCounter, parseDocument, type Document } from 'yaml';
import type * as z from 'zod';
import { ConfigurationError, type ConfigurationProblem } from './configuration-error.ts';

const LARGEST_FILE = 1_000_000;

export interface YamlFile {
  readonly text: string;
  /** Its name, for whoever has to mend it. */
  readonly file: string;
}

/** YAML text that people write. Throws `ConfigurationError` that names each line and what was expected. */
export function parseYaml<Value>({ text, file }: YamlFile, schema: z.ZodType<Value>): Value {
  if (text.length > LARGEST_FILE) throw new ConfigurationError([{ where: file, key: '', expected: 'less than 1 MB' }]);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, schema: 'core', uniqueKeys: true });
  const broken = document.errors.map(({ pos, message }) => ({
    where: `${file}:${lines.linePos(pos[0]).line}`,
    key: '',
    expected: message.split('\n')[0] ?? message,
  }));
  if (broken.length > 0) throw new ConfigurationError(broken);
  const parsed = schema.safeParse(plainValues(document, file) ?? {});
  if (parsed.success) return parsed.data;
  throw new ConfigurationError(parsed.error.issues.map((issue) => problemOf(issue, { file, document, lines })));
}

/** Aliases that multiply are refused by the parser with an error of its own. */
function plainValues(document: Document.Parsed, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    const expected = error instanceof Error ? error.message : 'fewer aliases';
    throw new ConfigurationError([{ where: file, key: '', expected }], { cause: error });
  }
}

interface Source {
  readonly file: string;
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

function problemOf(issue: z.core.$ZodIssue, source: Source): ConfigurationProblem {
  return {
    where: `${source.file}:${lineOf(issue.path, source)}`,
    key: issue.path.map(String).join('.'),
    expected: expectedBy(issue),
  };
}

/** In words of our own where the schema has none. */
function expectedBy(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `unknown: ${issue.keys.join(', ')}`;
  const shape = issue.code === 'invalid_type' ? SHAPES.get(issue.expected) : undefined;
  return shape !== undefined && issue.message.startsWith('Invalid input') ? `expected ${shape}` : issue.message;
}

const SHAPES: ReadonlyMap<string, string> = new Map([
  ['object', 'keys with values'],
  ['array', 'a list'],
  ['string', 'text'],
  ['number', 'a number'],
  ['int', 'a whole number'],
  ['boolean', 'true or false'],
]);

/** The line of the nearest key that is there: what is missing has no line of its own. */
function lineOf(path: readonly PropertyKey[], { document, lines }: Source): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    const start = startOf(node);
    if (start !== undefined) return lines.linePos(start).line;
  }
  return 1;
}

function startOf(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range)) return undefined;
  const [start]: unknown[] = node.range;
  return typeof start === 'number' ? start : undefined;
}
