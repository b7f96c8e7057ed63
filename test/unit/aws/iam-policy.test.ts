import { expect, it } from 'vitest';
import { CALLS } from '../../../src/aws/calls.ts';
import { assumeRolePolicy, iamPolicy } from '../../../src/aws/iam-policy.ts';

const actionsIn = (policy: { Statement: readonly { Action: readonly string[] }[] }) =>
  policy.Statement.flatMap((statement) => statement.Action);

it('allows every call of the table and nothing else, where everything is configured', () => {
  const allowed = [
    ...actionsIn(iamPolicy({ queries: ['insights'] })),
    ...actionsIn(assumeRolePolicy(['arn:aws:iam::111122223333:role/r'])),
  ];

  expect(allowed.toSorted()).toEqual(
    Object.values(CALLS)
      .map((call) => call.action)
      .toSorted(),
  );
});

it('allows no query that is not configured', () => {
  expect(actionsIn(iamPolicy())).not.toContainEqual(expect.stringMatching(/Quer/));
});

it('allows queries of the named log groups alone', () => {
  const statements = iamPolicy({ queries: ['insights'], logGroups: ['/vpc/flow'] }).Statement;

  expect(statements.find(({ Action }) => Action.includes('logs:StartQuery'))?.Resource).toEqual([
    'arn:aws:logs:*:*:log-group:/vpc/flow',
    'arn:aws:logs:*:*:log-group:/vpc/flow:*',
  ]);
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
