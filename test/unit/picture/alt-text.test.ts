import { describe, expect, it } from 'vitest';
import { describePicture } from '../../../src/picture/alt-text.ts';
import {
  LONGEST,
  MOST,
  type AnswerPicture,
  type HopPicture,
  type TimelinePicture,
} from '../../../src/picture/answer-picture.ts';
import { clock } from '../../support/flow-lines.ts';

const hops: readonly HopPicture[] = [
  { state: 'end', title: '10.20.4.17' },
  { state: 'passed', title: 'network ACL acl-1', detail: 'rule 100 allows it' },
  { state: 'blocked', title: 'security group sg-1', detail: 'no inbound rule matches' },
  { state: 'not-reached', title: 'payments-db', detail: 'not reached' },
];

const timeline: TimelinePicture = {
  start: clock('12:00:00'),
  stretchSeconds: 300,
  acceptedAre: 'same-way',
  accepted: [12, 0, 0, 0],
  rejected: [0, 0, 1_200, 34],
  changes: [{ at: clock('12:09:11'), label: 'RevokeSecurityGroupIngress by role deploy' }],
  dataUntil: clock('12:19:00'),
};

const altText = (more: Partial<AnswerPicture>) =>
  describePicture({ tone: 'blocked', title: 'tcp/5432 from 10.20.4.17 to payments-db', ...more }).altText;

const WAY =
  'There: 1. 10.20.4.17; 2. network ACL acl-1 (passes: rule 100 allows it); 3. security group sg-1 (BLOCKED: no inbound rule matches); 4. payments-db (not reached).';
const RECORDS =
  'From 2026-11-20 12:00 to 12:20 UTC: 1,234 records (12:10 to 12:20) rejected, 12 records (12:00 to 12:05) accepted. Changed at 12:09:11: RevokeSecurityGroupIngress by role deploy. Records after 12:19 may not have been delivered yet.';

describe('the alternative text says what the picture shows', () => {
  it.each<[string, Partial<AnswerPicture>, string]>([
    ['a way', { path: { forward: hops, return: [] } }, `Blocked: tcp/5432 from 10.20.4.17 to payments-db. ${WAY}`],
    ['records', { timeline }, `Blocked: tcp/5432 from 10.20.4.17 to payments-db. ${RECORDS}`],
    [
      'both',
      { path: { forward: hops, return: [] }, timeline },
      `Blocked: tcp/5432 from 10.20.4.17 to payments-db. ${RECORDS} ${WAY}`,
    ],
    [
      'a way back, and none accepted',
      {
        tone: 'undetermined',
        path: { forward: [], return: [{ state: 'unknown', title: 'network ACL acl-1', detail: 'cannot be told' }] },
        timeline: { ...timeline, acceptedAre: 'requests', accepted: [0, 0, 0, 0], changes: [], rejected: [1, 0, 0, 0] },
      },
      'Undetermined: tcp/5432 from 10.20.4.17 to payments-db. From 2026-11-20 12:00 to 12:20 UTC: 1 record (12:00 to 12:05) rejected, none requests accepted. Records after 12:19 may not have been delivered yet. Back: 1. network ACL acl-1 (unknown: cannot be told).',
    ],
  ])('%s', (_, picture, text) => {
    expect(altText(picture)).toBe(text);
  });
});

const many = (state: HopPicture['state'], length: number): HopPicture[] =>
  Array.from({ length }, (_, index) => ({
    state,
    title: `transit gateway route table tgw-rtb-${index}`,
    detail: 'x'.repeat(100),
  }));

it('long ways are told in fewer words, every hop and every block still named', () => {
  const path = { forward: many('passed', MOST.hops), return: [...many('passed', 8), ...many('blocked', 1)] };
  const text = altText({ path, timeline });

  expect(text.length).toBeLessThanOrEqual(LONGEST.altText);
  expect(text.match(/passes/g)).toHaveLength(22);
  expect(text.match(/BLOCKED/g)).toHaveLength(1);
});
