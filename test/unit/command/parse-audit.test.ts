import { describe, expect, it } from 'vitest';
import type { AuditDeed } from '../../../src/command/audit-command.ts';
import { parseCommand } from '../../../src/command/parse-command.ts';
import { ExpectedError } from '../../../src/failure/expected-error.ts';
import type { Failure } from '../../../src/failure/failure.ts';

function deedOf(text: string): AuditDeed | undefined {
  const command = parseCommand(text, 1_795_435_200);
  return command.kind === 'audit' ? command.deed : undefined;
}

function failureOf(run: () => unknown): Failure | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return error instanceof ExpectedError ? error.failure : undefined;
  }
}

const prod = { kind: 'schedule', name: 'prod', cron: '0 7 * * 1', timezone: 'UTC', scope: {} };

describe('a schedule', () => {
  it.each([
    ['audit schedule prod "0 7 * * 1"', prod],
    ['audit schedule prod “0 7 * * 1”', prod],
    ['AUDIT Schedule PROD `0 7 * * 1`', prod],
    ['audit schedule prod 0 7 * * 1', prod],
    [
      'audit schedule prod 0 7 * * MON-FRI Europe/Berlin',
      { ...prod, cron: '0 7 * * MON-FRI', timezone: 'Europe/Berlin' },
    ],
    ['audit schedule prod @daily', { ...prod, cron: '@daily' }],
    ['audit schedule prod "0 7 * * 1" Europe/Berlin', { ...prod, timezone: 'Europe/Berlin' }],
    ['audit schedule prod "0 7 * * 1" <#C0NET|network>', { ...prod, channelId: 'C0NET' }],
    ['audit schedule prod "0 7 * * 1" <#C0NET> Etc/GMT+3', { ...prod, channelId: 'C0NET', timezone: 'Etc/GMT+3' }],
    ['audit schedule prod "every monday"', { ...prod, cron: 'every monday' }],
    [
      'audit schedule prod "0 7 * * 1" --families peering,flow-logs --region eu-west-1',
      { ...prod, scope: { families: ['peering', 'flow-logs'], regions: ['eu-west-1'] } },
    ],
    [
      'audit schedule —account 123456789012 prod "0 7 * * 1" —vpc=vpc-0a1b2c3d4e5f60718',
      { ...prod, scope: { accounts: ['123456789012'], vpcs: ['vpc-0a1b2c3d4e5f60718'] } },
    ],
  ])('%s', (text, expected) => {
    expect(deedOf(text)).toEqual(expected);
  });
});

it.each([
  ['audits', { kind: 'list' }],
  ['audit list', { kind: 'list' }],
  ['audit remove prod', { kind: 'remove', name: 'prod' }],
  ['audit run', { kind: 'run' }],
  ['audit run prod', { kind: 'run', name: 'prod' }],
  ['audit unmute peering-unused:pcx-1', { kind: 'unmute', findingId: 'peering-unused:pcx-1' }],
  [
    'audit mute peering-unused:pcx-1 2w "waits for help: the migration"',
    { kind: 'mute', findingId: 'peering-unused:pcx-1', seconds: 1_209_600, reason: 'waits for help: the migration' },
  ],
  [
    'audit mute peering-unused:pcx-1 12h known and &lt;accepted&gt;',
    { kind: 'mute', findingId: 'peering-unused:pcx-1', seconds: 43_200, reason: 'known and <accepted>' },
  ],
])('%s', (text, expected) => {
  expect(deedOf(text)).toEqual(expected);
});

it.each(['audit help', 'help audit', 'audits ?'])('%s asks for help about audits', (text) => {
  expect(parseCommand(text, 0)).toEqual({ kind: 'help', topic: 'audit' });
});

describe('what cannot be used says what was expected', () => {
  it.each([
    ['audit', /schedule, remove, run/],
    ['audit plan prod', /schedule, remove, run/],
    ['audit schedule', /a name and a cron expression/],
    ['audit schedule prod', /a cron expression in quotes/],
    ['audit schedule ../prod "0 7 * * 1"', /letters, digits and dashes/],
    ['audit schedule prod "0 7 * * 1" #network', /picked from the list/],
    ['audit schedule prod "0 7 * * 1" $TZ', /a time zone such as/],
    ['audit schedule prod "0 7 * * 1" UTC CET', /one time zone/],
    ['audit schedule prod "0 7 * * 1" <#C0A> <#C0B>', /one channel/],
    ['audit schedule prod "0 7 * * 1" --families dns', /peering, endpoints, flow-logs, expectations/],
    ['audit schedule prod "0 7 * * 1" --vpc vpc-1,mars', /ids of VPCs/],
    ['audit remove', /the name of an audit/],
    ['audit run prod twice', /at most the name/],
    ['audit mute', /the id of a finding/],
    ['audit mute pcx-1 2w "why"', /as the digest shows it/],
    ['audit mute mars:pcx-1 2w "why"', /as the digest shows it/],
    ['audit mute peering-unused:pcx-1', /for how long/],
    ['audit mute peering-unused:pcx-1 "because"', /a duration/],
    ['audit mute peering-unused:pcx-1 53w "because"', /a year at most/],
    ['audit mute peering-unused:pcx-1 0d "because"', /a duration/],
    ['audit mute peering-unused:pcx-1 2w', /the reason/],
    ['audit mute peering-unused:pcx-1 2w ""', /the reason/],
  ])('%s', (text, expected) => {
    expect(failureOf(() => parseCommand(text, 0))).toMatchObject({
      kind: 'not-understood',
      expected: expect.stringMatching(expected),
      verb: 'audit',
    });
  });
});
