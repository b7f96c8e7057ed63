import { ServiceError } from '../service-error.ts';

/**
 * Filter patterns as far as flow logs need them: terms (`REJECT "10.0.0.1 " -NODATA ?a ?b`) found anywhere in the
 * message, and fields (`[version, account, eni="eni-0*", …, action="REJECT", status]`) of space-separated lines.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function compileFilterPattern(pattern: string): (message: string) => boolean {
  const text = pattern.trim();
  if (text.length > 1024) {
    throw invalid('longer than 1024 characters');
  }
  return text.startsWith('[') ? compileFields(text) : compileTerms(text);
}

const TERM = /([?-]?)(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))\s*/gy;

function compileTerms(text: string): (message: string) => boolean {
  const terms = [...text.matchAll(TERM)].map(([, sign = '', quoted, bare = '']) => ({ sign, word: quoted ?? bare }));
  if (terms.length === 0 && text !== '') {
    throw invalid('no terms');
  }
  const optional = terms.filter(({ sign }) => sign === '?');
  const required = terms.filter(({ sign }) => sign === '');
  const excluded = terms.filter(({ sign }) => sign === '-');
  return (message) =>
    required.every(({ word }) => message.includes(word)) &&
    !excluded.some(({ word }) => message.includes(word)) &&
    (optional.length === 0 || required.length > 0 || optional.some(({ word }) => message.includes(word)));
}

const FIELD = /^([\w.-]+)(?:\s*(!?=)\s*"?([^"]*?)"?)?$/;

/** The number of names must equal the number of fields (API-51); `...` stands for any number of them. */
function compileFields(text: string): (message: string) => boolean {
  if (!text.endsWith(']')) {
    throw invalid('no closing bracket');
  }
  const fields = text.slice(1, -1).split(',').map(compileField);
  const gap = fields.indexOf('any');
  const head = gap === -1 ? fields : fields.slice(0, gap);
  const tail = gap === -1 ? [] : fields.slice(gap + 1);
  return (message) => {
    const values = message.split(' ');
    const fits = gap === -1 ? values.length === head.length : values.length >= head.length + tail.length;
    return fits && allMatch(head, values) && allMatch(tail, values.slice(values.length - tail.length));
  };
}

type FieldTest = ((value: string) => boolean) | 'any';

function compileField(text: string): FieldTest {
  const trimmed = text.trim();
  if (trimmed === '...') {
    return 'any';
  }
  const [whole, , operator, wanted = ''] = FIELD.exec(trimmed) ?? [];
  if (whole === undefined) {
    throw invalid(trimmed);
  }
  const pattern = new RegExp(`^${wanted.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*')}$`);
  return (value) => operator === undefined || pattern.test(value) === (operator === '=');
}

function allMatch(tests: readonly FieldTest[], values: readonly string[]): boolean {
  return tests.every((test, index) => test === 'any' || test(values[index] ?? ''));
}

function invalid(why: string): ServiceError {
  return new ServiceError('InvalidParameterException', `Invalid filter pattern: ${why}`);
}
