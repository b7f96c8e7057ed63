import { expect, it } from 'vitest';
import * as z from 'zod';
import type { PlannedAudit } from '../../../src/audit/planned-audit.ts';
import { explainFault } from '../../../src/explain/explain-fault.ts';
import { renderAuditJson } from '../../../src/render/audit-json.ts';
import { AuditAnswer } from '../../../src/render/audit-schema.ts';
import { runAudit } from '../../../src/workflow/run-audit.ts';
import { PROD, readAt, sourcesOf } from '../../support/audit-runs.ts';
import type { VpcBuilder } from '../../support/build-vpc.ts';
import { accepter, NOON, requester, toMain, toShared } from '../../support/peered-vpcs.ts';
import { mayGrow } from './may-grow.ts';

const published = {
  title: 'vpc-why audit --format json',
  ...z.toJSONSchema(AuditAnswer, { target: 'draft-2020-12', override: mayGrow }),
};

const refusing = accepter([toMain()])
  .refused({ action: 'ec2:DescribeFlowLogs', because: 'access-denied' })
  .raw({ FlowLogs: undefined });
const everything: PlannedAudit = { ...PROD, scope: {} };

async function printed(...vpcs: readonly VpcBuilder[]): Promise<AuditAnswer> {
  const { report, snapshot, now } = await runAudit(
    everything,
    sourcesOf(() => readAt(NOON, ...vpcs)),
    new AbortController().signal,
  );
  const answer = renderAuditJson({ report, now }, (finding) => explainFault(finding, snapshot));
  return JSON.parse(JSON.stringify(answer));
}

it('the published schema is the one in force', async () => {
  await expect(`${JSON.stringify(published, null, 2)}\n`).toMatchFileSnapshot('../../../docs/schema/audit.schema.json');
});

it.each([
  ['with findings of several families', [requester([toShared()]), accepter([])]],
  ['with something that was refused', [requester([toShared()]), refusing]],
  ['of nothing', []],
])('an audit %s keeps the published contract', async (_, vpcs) => {
  expect(z.fromJSONSchema(published).safeParse(await printed(...vpcs)).error).toBeUndefined();
});

it('an audit with a field that was never promised does not', async () => {
  const answer = await printed(requester([toShared()]), accepter([]));

  expect(answer.findings.length).toBeGreaterThan(0);
  expect(AuditAnswer.safeParse(answer).success).toBe(true);
  expect(AuditAnswer.safeParse({ ...answer, extra: 1 }).success).toBe(false);
  expect(AuditAnswer.safeParse({ ...answer, schemaVersion: 2 }).success).toBe(false);
});
