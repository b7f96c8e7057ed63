import { ServiceError } from '../service-error.ts';

/** What is known of a row: of a file that was not opened yet, its partition and its path. */
export type RowValues = ReadonlyMap<string, string>;

/** `undefined`: that cannot be told before the file is opened. */
type Outcome = boolean | undefined;
type Test = (row: RowValues) => Outcome;

/**
 * The conditions of SQL that flow logs are asked about with: comparisons of a column with values, `AND`, `OR` and
 * brackets. Question marks stand for the values, in their order.
 */
export function compileCondition(text: string, values: readonly string[]): Test {
  const tokens = [...text.matchAll(TOKEN)].map(([token]) => token);
  const parser = new ConditionParser(tokens, values);
  return parser.whole();
}

const TOKEN = /"[^"]*"|[A-Za-z]+|[()?]|[<>=]+|\S/g;

class ConditionParser {
  readonly #tokens: readonly string[];
  readonly #values: readonly string[];
  #at = 0;
  #used = 0;

  constructor(tokens: readonly string[], values: readonly string[]) {
    this.#tokens = tokens;
    this.#values = values;
  }

  whole(): Test {
    const test = this.#any();
    if (this.#at < this.#tokens.length) throw this.#mismatch();
    if (this.#used !== this.#values.length) {
      throw new ServiceError('InvalidRequestException', 'Incorrect number of parameters.');
    }
    return test;
  }

  #any(): Test {
    const tests = [this.#all()];
    while (this.#take('OR')) tests.push(this.#all());
    return (row) => foldOutcomes(tests, row, true);
  }

  #all(): Test {
    const tests = [this.#one()];
    while (this.#take('AND')) tests.push(this.#one());
    return (row) => foldOutcomes(tests, row, false);
  }

  #one(): Test {
    if (this.#take('(')) {
      const test = this.#any();
      this.#expect(')');
      return test;
    }
    const column = this.#next().replaceAll('"', '');
    return this.#comparison(column);
  }

  #comparison(column: string): Test {
    const operator = this.#next();
    const first = this.#value();
    if (operator === 'BETWEEN') {
      this.#expect('AND');
      const last = this.#value();
      return comparing(column, (value) => compare(value, first) >= 0 && compare(value, last) <= 0);
    }
    const test = OPERATORS.get(operator);
    if (test === undefined) throw this.#mismatch();
    return comparing(column, (value) => test(value, first));
  }

  #value(): string {
    if (this.#take('CAST')) {
      this.#expect('(');
      const value = this.#value();
      for (const token of ['AS', 'date', ')']) this.#expect(token);
      return value;
    }
    this.#expect('?');
    const value = this.#values[this.#used] ?? '';
    this.#used += 1;
    return readLiteral(value);
  }

  #next(): string {
    this.#at += 1;
    return this.#tokens[this.#at - 1] ?? '';
  }

  #take(token: string): boolean {
    const isThere = this.#tokens[this.#at] === token;
    if (isThere) this.#at += 1;
    return isThere;
  }

  #expect(token: string): void {
    if (!this.#take(token)) throw this.#mismatch();
  }

  #mismatch(): ServiceError {
    return new ServiceError('InvalidRequestException', `line 1: mismatched input '${this.#tokens[this.#at] ?? ''}'`);
  }
}

/** One that is `decisive` settles it; one that is unknown leaves it open. */
function foldOutcomes(tests: readonly Test[], row: RowValues, decisive: boolean): Outcome {
  const outcomes = new Set(tests.map((test) => test(row)));
  if (outcomes.has(decisive)) return decisive;
  return outcomes.has(undefined) ? undefined : !decisive;
}

function comparing(column: string, test: (value: string) => boolean): Test {
  return (row) => {
    const value = row.get(column);
    return value === undefined ? undefined : test(value);
  };
}

const OPERATORS: ReadonlyMap<string, (value: string, wanted: string) => boolean> = new Map([
  ['=', (value, wanted) => value === wanted],
  ['>=', (value, wanted) => compare(value, wanted) >= 0],
  ['<=', (value, wanted) => compare(value, wanted) <= 0],
  ['LIKE', isLike],
]);

function compare(a: string, b: string): number {
  const difference = Number(a) - Number(b);
  if (!Number.isNaN(difference)) return difference;
  return a === b ? 0 : a < b ? -1 : 1;
}

function isLike(value: string, pattern: string): boolean {
  const escaped = pattern.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll('%', '.*').replaceAll('_', '.')}$`).test(value);
}

/** A text has quotes around it; anything else is a number. */
function readLiteral(value: string): string {
  const [, text] = /^'((?:[^']|'')*)'$/.exec(value) ?? [];
  if (text !== undefined) return text.replaceAll("''", "'");
  if (/^-?\d+$/.test(value)) return value;
  throw new ServiceError('InvalidRequestException', `COLUMN_NOT_FOUND: Column '${value}' cannot be resolved`);
}
