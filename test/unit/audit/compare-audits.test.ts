import { describe, expect, it } from 'vitest';
import type { AuditFinding, AuditReport } from '../../../src/audit/audit-finding.ts';
import { auditSnapshot } from '../../../src/audit/audit-snapshot.ts';
import { compareAudits, type AuditChanges, type StoredFinding } from '../../../src/audit/compare-audits.ts';
import type { Snapshot } from '../../../src/vpc/snapshot.ts';
import { buildWorld, type VpcBuilder } from '../../support/build-vpc.ts';
import { pcx, rtb, vpc } from '../../support/ids.ts';
import { accepter, NOON, requester, toShared } from '../../support/peered-vpcs.ts';
import { blackhole } from '../../support/routes.ts';

/** Yesterday's network, and today's. */
function compare(before: readonly VpcBuilder[], now: readonly VpcBuilder[]): AuditChanges<StoredFinding> {
  const { report } = audit(before);
  const { report: current, snapshot } = audit(now);
  return compareAudits(report.findings.map(stored), current, snapshot);
}

function audit(vpcs: readonly VpcBuilder[]): { readonly report: AuditReport; readonly snapshot: Snapshot } {
  const { snapshot } = buildWorld(...vpcs);
  return { report: auditSnapshot({ snapshot, now: NOON }, ['peering']), snapshot };
}

const stored = ({ id, severity, objects, measure, fault: { kind } }: AuditFinding): StoredFinding => ({
  id,
  severity,
  objects,
  kind,
  ...(measure !== undefined && { measure }),
});

const ids = (changes: AuditChanges<StoredFinding>) => ({
  new: changes.new.map(({ id }) => id),
  worse: changes.worse.map(({ current }) => current.id),
  unchanged: changes.unchanged.map(({ current }) => current.id),
  resolved: changes.resolved.map(({ previous, because }) => `${previous.id} ${because}`),
  unknown: changes.unknown.map(({ id }) => id),
});

const NOTHING = { new: [], worse: [], unchanged: [], resolved: [], unknown: [] };
const HEALTHY = [requester(), accepter()];
const ONE_SIDED = [requester(), accepter([])];
const oneSided = `peering-routed-on-one-side:${pcx('shared')}:${vpc('shared')}`;
const pending = (expiresAt: string) => [requester([], { status: 'pending-acceptance', expiresAt })];
const deleted = requester([blackhole(toShared())], { status: 'deleted' });
const deletedButRouted = `peering-deleted-but-routed:${pcx('shared')}`;

describe('a run beside the last one', () => {
  it('tells what is new', () => {
    expect(ids(compare(HEALTHY, ONE_SIDED))).toEqual({ ...NOTHING, new: [oneSided] });
  });

  it('tells what is as it was', () => {
    expect(ids(compare(ONE_SIDED, ONE_SIDED))).toEqual({ ...NOTHING, unchanged: [oneSided] });
  });

  it('tells what was put right', () => {
    expect(ids(compare(ONE_SIDED, HEALTHY))).toEqual({ ...NOTHING, resolved: [`${oneSided} fixed`] });
  });

  it('tells what got worse by its measure, and not what got better', () => {
    const late = pending('2026-11-24T11:00:00Z');
    const early = pending('2026-11-25T11:00:00Z');
    const expiring = `peering-expires-soon:${pcx('shared')}`;

    expect(ids(compare(early, late))).toEqual({ ...NOTHING, worse: [expiring] });
    expect(ids(compare(late, early))).toEqual({ ...NOTHING, unchanged: [expiring] });
  });

  it('tells what got worse by its severity', () => {
    const spare = requester([], { status: 'deleted' }).routeTable('spare', [blackhole(toShared())], { on: [] });

    expect(ids(compare([spare], [deleted]))).toEqual({ ...NOTHING, worse: [deletedButRouted] });
  });

  it('tells a connection that the API has forgotten as gone', () => {
    const forgotten = requester([]).raw({ VpcPeeringConnections: [] });

    expect(ids(compare([deleted], [forgotten]))).toEqual({ ...NOTHING, resolved: [`${deletedButRouted} gone`] });
  });
});

describe('a finding that vanished because nobody could look', () => {
  it('is kept when its account was not read', () => {
    expect(ids(compare(ONE_SIDED, [requester()]))).toEqual({ ...NOTHING, unknown: [oneSided] });
    expect(ids(compare(ONE_SIDED, [accepter([])]))).toEqual({ ...NOTHING, unknown: [oneSided] });
  });

  it('is kept when a call that it needs was refused', () => {
    const refused = deleted
      .raw({ RouteTables: [] })
      .refused({ action: 'ec2:DescribeRouteTables', because: 'access-denied' });

    expect(ids(compare([deleted], [refused]))).toEqual({ ...NOTHING, unknown: [deletedButRouted] });
  });

  it('is kept when nobody asked', () => {
    const notAsked = deleted.raw({ RouteTables: undefined });

    expect(ids(compare([deleted], [notAsked]))).toEqual({ ...NOTHING, unknown: [deletedButRouted] });
  });

  it('is kept when its object could not be understood', () => {
    const garbled = deleted.raw({ RouteTables: [{ RouteTableId: rtb('app'), Routes: 'many' }] });

    expect(ids(compare([deleted], [garbled]))).toEqual({ ...NOTHING, unknown: [deletedButRouted] });
  });

  it('is not kept for something else that was refused', () => {
    const refused = requester([], { status: 'deleted' }).refused({
      action: 'ec2:DescribeFlowLogs',
      because: 'access-denied',
    });

    expect(ids(compare([deleted], [refused]))).toEqual({ ...NOTHING, resolved: [`${deletedButRouted} fixed`] });
  });

  it('is kept when its family was not audited', () => {
    const { report } = audit(ONE_SIDED);
    const { snapshot } = audit(HEALTHY);
    const other = auditSnapshot({ snapshot, now: NOON }, ['flow-logs']);

    expect(compareAudits(report.findings.map(stored), other, snapshot).unknown).toHaveLength(1);
  });

  it('is dropped when no rule looks for it any more', () => {
    const { report, snapshot } = audit(HEALTHY);
    const old: StoredFinding = { id: 'old:1', kind: 'old', severity: 'low', objects: [{ id: pcx('shared') }] };

    expect(compareAudits([old], report, snapshot).resolved).toEqual([{ previous: old, because: 'fixed' }]);
  });
});
