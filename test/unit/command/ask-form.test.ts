import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { FORM_FIELDS, readAskForm, type AskForm } from '../../../src/command/ask-form.ts';
import { fillAskForm } from '../../../src/command/fill-ask-form.ts';
import { parseCommand } from '../../../src/command/parse-command.ts';

const NOW = 1_790_000_000;
const ENI = 'eni-0a1b2c3d4e5f60718';

describe('a form that was filled in', () => {
  it.each<[AskForm, string]>([
    [{ what: ENI }, `why-rejected ${ENI}`],
    [{ what: ` ${ENI} `, port: '' }, `why-rejected ${ENI}`],
    [
      { what: '10.20.9.40', remote: '10.20.4.0/24', port: '5432', protocol: 'tcp', since: '2h' },
      'why-rejected 10.20.9.40 --from=10.20.4.0/24 --port=5432 --protocol=tcp --since=2h',
    ],
  ])('%j is a command', (form, text) => {
    expect(readAskForm(form, NOW)).toEqual({ kind: 'command', text });
  });

  it.each<[string, AskForm, Record<string, RegExp>]>([
    ['nothing', {}, { what: /expected a network interface/ }],
    ['a name', { what: 'payments-db' }, { what: /payments-db.*expected/ }],
    ['a port beyond the last', { what: ENI, port: '70000' }, { port: /a port from 0 to 65535/ }],
    ['a duration without unit', { what: ENI, since: '90' }, { since: /90m, 2h or 1d/ }],
    ['more than one word', { what: `${ENI} --account 1` }, { what: /expected a network interface/ }],
    ['an option smuggled in', { what: ENI, remote: '10.0.0.1" --port=5' }, { remote: /an IP address or a CIDR block/ }],
    [
      'several fields wrong at once',
      { what: 'db', remote: 'app', port: 'x', since: 'y' },
      { what: /db/, remote: /app/, port: /x/, since: /y/ },
    ],
  ])('%s is told beside the field, in the words of the command', (_, form, wanted) => {
    const read = readAskForm(form, NOW);
    const errors = Object.entries(read.kind === 'errors' ? read.errors : {});

    expect(errors.map(([field]) => field).toSorted()).toEqual(Object.keys(wanted).toSorted());
    for (const [field, words] of errors) expect(words).toMatch(wanted[field] ?? /^$/);
  });
});

const anything = fc.record(Object.fromEntries(FORM_FIELDS.map((field) => [field, fc.string({ maxLength: 100 })])), {
  requiredKeys: [],
});

test.prop([anything])('whatever is filled in is one question or an error, never something else', (form) => {
  const read = readAskForm(form, NOW);

  if (read.kind === 'command') expect(parseCommand(read.text, NOW).kind).toBe('why-rejected');
  else expect(Object.keys(read.errors).length).toBeGreaterThan(0);
});

describe('a form filled from a command', () => {
  it.each<[string, AskForm]>([
    [`why-rejected ${ENI} --port 443`, { what: ENI, port: '443' }],
    [
      'why-rejected 10.20.9.40 --from 10.20.4.0/24 --port 5432 --protocol tcp --since 14:00Z',
      { what: '10.20.9.40', remote: '10.20.4.0/24', port: '5432', protocol: 'tcp', since: '14:00Z' },
    ],
    ['path 10.0.1.5 10.0.2.9 tcp/5432', { what: '10.0.2.9', remote: '10.0.1.5', port: '5432', protocol: 'tcp' }],
    [`path ${ENI} internet tcp/443`, { what: ENI, port: '443', protocol: 'tcp' }],
    ['help', {}],
    ['why-rejected nobody-knows', {}],
  ])('%s', (command, form) => {
    expect(fillAskForm(command, NOW)).toEqual(form);
  });
});
