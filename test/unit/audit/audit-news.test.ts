import { describe, expect, it } from 'vitest';
import type { AuditFinding } from '../../../src/audit/audit-finding.ts';
import type { RememberedFinding } from '../../../src/audit/audit-history.ts';
import { blindSpotsOf, isNews, MOST_FINDINGS, readNews, type AuditNews } from '../../../src/audit/audit-news.ts';
import { rememberFindings } from '../../../src/audit/remember-findings.ts';
import { buildWorld } from '../../support/build-vpc.ts';
import { accepter, auditPeerings, NOON, requester } from '../../support/peered-vpcs.ts';

const vpcs = [requester(), accepter([])];
const { snapshot } = buildWorld(...vpcs);
const report = auditPeerings(...vpcs);
const [fault] = report.findings;

/** The same fault as often as wanted, in the order of severity that an audit gives. */
const findings = (measures: readonly (number | undefined)[]): readonly AuditFinding[] =>
  measures.map((measure, index) =>
    Object.assign({}, fault!, { id: `${fault!.id}:${index}` }, measure === undefined ? {} : { measure }),
  );

const resultOf = (found: readonly AuditFinding[], now = NOON) => ({
  report: { ...report, findings: found },
  snapshot,
  now,
  blindSpots: [],
});

function remember(
  found: readonly AuditFinding[],
  previous: readonly RememberedFinding[] = [],
): readonly RememberedFinding[] {
  const result = resultOf(found);
  const news = readNews(result, { findings: previous, blindSpots: [] }, []);
  return rememberFindings({ result, news, previous, titleOf: () => 'a fault' });
}

const newsOf = (found: readonly AuditFinding[], previous: readonly RememberedFinding[]): AuditNews =>
  readNews(resultOf(found, NOON + 60), { findings: previous, blindSpots: [] }, []);

describe('a measure', () => {
  it('makes a finding worse when it is more than was ever told', () => {
    expect(newsOf(findings([11]), remember(findings([10]))).worse).toHaveLength(1);
  });

  it('that goes down and up again is no news', () => {
    const high = remember(findings([10]));
    const low = remember(findings([4]), high);

    expect(isNews(newsOf(findings([10]), low))).toBe(false);
  });
});

describe('more findings than anybody mends', () => {
  const many = findings(Array.from({ length: MOST_FINDINGS + 5 }, () => undefined));
  const before = remember(many);

  it('are remembered up to a limit', () => {
    expect(before).toHaveLength(MOST_FINDINGS);
  });

  it('are not new each time', () => {
    const news = newsOf(many, before);

    expect(isNews(news)).toBe(false);
    expect(news.leftOut).toBe(5);
  });
});

it('keeps titles and lists of objects short', () => {
  const [first] = findings([undefined]);
  const wide: AuditFinding = {
    ...first!,
    objects: [first!.objects[0], ...Array.from({ length: 99 }, (_, index) => ({ id: `rtb-${index}` }))],
  };
  const result = resultOf([wide]);
  const news = readNews(result, undefined, []);
  const [kept] = rememberFindings({ result, news, previous: [], titleOf: () => 'x'.repeat(9_999) });

  expect(kept?.objects.length).toBeLessThanOrEqual(20);
  expect(kept?.title.length).toBeLessThanOrEqual(300);
});

it('names a blind spot once, by what AWS denied and where', () => {
  const denied = { fact: 'flow-logs', because: 'access-denied', action: 'ec2:DescribeFlowLogs' } as const;

  expect(blindSpotsOf([denied, denied, { ...denied, because: 'throttled', action: 'ec2:DescribeVpcs' }])).toEqual([
    'ec2:DescribeFlowLogs',
  ]);
});
