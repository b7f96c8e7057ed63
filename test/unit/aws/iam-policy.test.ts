import { expect, it } from 'vitest';
import { DEFAULT_PRICES } from '../../../src/audit/prices.ts';
import { CALLS } from '../../../src/aws/calls.ts';
import { assumeRolePolicy, iamPolicy } from '../../../src/aws/iam-policy.ts';
import type { LargeLogs } from '../../../src/aws/large-logs.ts';

const TABLE = {
  bucket: 'flows-eu',
  database: 'logs',
  table: 'vpc_flow_logs',
  partitions: 'date',
  workgroup: 'netsec',
  outputLocation: 's3://results/vpc-why/',
} as const;
const LARGE_LOGS: LargeLogs = {
  insights: { fromBytes: 1, scanBytes: 1 },
  athena: { fromBytes: 1, tables: [TABLE] },
  queryMilliseconds: 1_000,
  prices: DEFAULT_PRICES,
};

/** Athena itself, in the caller's name, beside reading what we read. */
const ATHENA_DOES: ReadonlySet<string> = new Set([
  'glue:GetDatabase',
  'glue:GetTable',
  'glue:GetPartition',
  'glue:GetPartitions',
  's3:GetBucketLocation',
  's3:PutObject',
  's3:AbortMultipartUpload',
]);

const actionsIn = (policy: { Statement: readonly { Action: readonly string[] }[] }) =>
  policy.Statement.flatMap((statement) => statement.Action);

it('allows every call of the table and nothing else, where everything is configured', () => {
  const allowed = [
    ...actionsIn(iamPolicy({ largeLogs: LARGE_LOGS })),
    ...actionsIn(assumeRolePolicy(['arn:aws:iam::111122223333:role/r'])),
  ];

  expect([...new Set(allowed)].filter((action) => !ATHENA_DOES.has(action)).toSorted()).toEqual(
    Object.values(CALLS)
      .map((call) => call.action)
      .toSorted(),
  );
});

it('allows no query that is not configured', () => {
  expect(actionsIn(iamPolicy())).not.toContainEqual(expect.stringMatching(/Quer/));
});

it('allows queries of the named log groups alone', () => {
  const statements = iamPolicy({ largeLogs: LARGE_LOGS, logGroups: ['/vpc/flow'] }).Statement;

  expect(statements.find(({ Action }) => Action.includes('logs:StartQuery'))?.Resource).toEqual([
    'arn:aws:logs:*:*:log-group:/vpc/flow',
    'arn:aws:logs:*:*:log-group:/vpc/flow:*',
  ]);
});

it('allows queries of the named tables alone, and Athena to write where its results are to be', () => {
  const { Statement } = iamPolicy({ largeLogs: LARGE_LOGS });

  expect(Object.fromEntries(Statement.slice(-4).map(({ Sid, Resource }) => [Sid, Resource]))).toEqual({
    AskAthena: ['arn:aws:athena:*:*:workgroup/netsec'],
    FindTables: [
      'arn:aws:glue:*:*:catalog',
      'arn:aws:glue:*:*:database/logs',
      'arn:aws:glue:*:*:table/logs/vpc_flow_logs',
    ],
    FindBuckets: ['arn:aws:s3:::flows-eu', 'arn:aws:s3:::results'],
    KeepResults: ['arn:aws:s3:::results/vpc-why/*'],
  });
});

it('allows nothing to be written where the workgroup says where results go', () => {
  const { outputLocation: _location, ...table } = TABLE;
  const policy = iamPolicy({ largeLogs: { ...LARGE_LOGS, athena: { fromBytes: 1, tables: [table] } } });

  expect(actionsIn(policy)).toContain('athena:StartQueryExecution');
  expect(actionsIn(policy)).not.toContain('s3:PutObject');
});

it('allows no write', () => {
  const reads =
    /^(cloudtrail:Lookup|ec2:(Describe|Get|Search)|elasticloadbalancing:Describe|logs:(Describe|Filter)|s3:(Get|List)|sts:(GetCallerIdentity|AssumeRole)$|kms:Decrypt$)/;

  for (const action of actionsIn(iamPolicy({ keyArns: ['arn:aws:kms:eu-west-1:111122223333:key/k'] }))) {
    expect(action).toMatch(reads);
  }
});

it('narrows records to the named log groups, buckets and keys', () => {
  const policy = iamPolicy({
    logGroups: ['/vpc/flow'],
    buckets: ['flows-eu'],
    keyArns: ['arn:aws-cn:kms:cn-north-1:111122223333:key/k'],
    partition: 'aws-cn',
  });

  expect(Object.fromEntries(policy.Statement.map((statement) => [statement.Sid, statement.Resource]))).toEqual({
    ReadConfiguration: ['*'],
    ReadFlowLogGroups: ['arn:aws-cn:logs:*:*:log-group:/vpc/flow', 'arn:aws-cn:logs:*:*:log-group:/vpc/flow:*'],
    FindFlowLogFiles: ['arn:aws-cn:s3:::flows-eu'],
    ReadFlowLogFiles: ['arn:aws-cn:s3:::flows-eu/*vpcflowlogs/*'],
    DecryptFlowLogs: ['arn:aws-cn:kms:cn-north-1:111122223333:key/k'],
  });
});

it('leaves out what there is nothing to allow on', () => {
  const policy = iamPolicy({ buckets: [] });

  expect(policy.Statement.map((statement) => statement.Sid)).toEqual(['ReadConfiguration', 'ReadFlowLogGroups']);
});

it('stays within the 6,144 characters of a managed policy', () => {
  expect(JSON.stringify(iamPolicy()).length).toBeLessThan(6144);
});
