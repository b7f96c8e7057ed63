import { expect, it } from 'vitest';
import { auditSnapshot } from '../../../src/audit/audit-snapshot.ts';
import type { FlowLogFault } from '../../../src/audit/flow-logs/flow-log-fault.ts';
import { explainFlowLogFault } from '../../../src/explain/explain-flow-log-fault.ts';
import { auditOf } from '../../support/audits.ts';
import { buildVpc, type VpcBuilder } from '../../support/build-vpc.ts';
import { flowLog, vpc } from '../../support/ids.ts';
import { tellFaults } from '../../support/tell-faults.ts';

const network = (): VpcBuilder =>
  buildVpc().subnet('app', '10.0.1.0/24').interface('web', { subnet: 'app', address: '10.0.1.10' });

const told = (kind: FlowLogFault['kind'], world: VpcBuilder) =>
  tellFaults(auditSnapshot(auditOf(world), ['flow-logs']), kind, (finding) =>
    finding.fault.family === 'flow-logs' ? explainFlowLogFault(finding.fault, finding) : undefined,
  );

const log = flowLog('flow-log');

it.each<{ kind: FlowLogFault['kind']; world: VpcBuilder; title: string; command: string }>([
  {
    kind: 'flow-log-missing',
    world: network(),
    title: `${vpc('main')} (main) has no flow log in the accounts that were read.`,
    command: `--resource-type VPC --resource-ids ${vpc('main')}`,
  },
  {
    kind: 'flow-log-not-delivered',
    world: network().flowLog({ failure: 'Access error' }),
    title: `${log}: delivery fails with "Access error".`,
    command: '',
  },
  {
    kind: 'flow-log-destination-gone',
    world: network().flowLog({ logGroup: 'flows' }).raw({ LogGroups: [] }),
    title: `${log} writes to log group flows, which does not exist.`,
    command: 'aws logs create-log-group \\\n  --region eu-west-1 \\\n  --log-group-name flows',
  },
  {
    kind: 'flow-log-one-action',
    world: network().flowLog({ trafficType: 'REJECT' }),
    title: `${log} records rejected traffic only.`,
    command: `aws ec2 delete-flow-logs \\\n  --region eu-west-1 \\\n  --flow-log-ids ${log}`,
  },
  {
    kind: 'flow-log-lacks-fields',
    world: network().flowLog(),
    title: `${log} leaves out 14 fields that a diagnosis uses.`,
    command: '${reject-reason}',
  },
  {
    kind: 'flow-log-slow',
    world: network().flowLog({ interval: 600 }),
    title: `${log} collects for 10 min before it writes.`,
    command: '--max-aggregation-interval 60',
  },
  {
    kind: 'flow-log-kept-for-ever',
    world: network()
      .flowLog({ logGroup: 'flows' })
      .raw({ LogGroups: [{ logGroupName: 'flows' }] }),
    title: 'Log group flows keeps flow log records for ever.',
    command: '--log-group-name flows --retention-in-days 90',
  },
])('tells $kind in one line, and what to do', ({ kind, world, title, command }) => {
  const telling = told(kind, world);

  expect(telling.title).toBe(title);
  expect(telling.fix).toContain(command);
});

it('says of each missing field what it would have told', () => {
  const { evidence } = told('flow-log-lacks-fields', network().flowLog());

  expect(evidence).toContain('tcp-flags: who opened a connection, and whether it was answered.');
  expect(evidence).toContain(
    'pkt-srcaddr, pkt-dstaddr: the real ends of traffic through a NAT gateway or another middlebox.',
  );
});
