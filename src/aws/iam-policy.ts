import { CALLS, DECRYPT, type AwsCall, type Query } from './calls.ts';
import { queriesOf, type ConfiguredTable, type LargeLogs } from './large-logs.ts';

/** Names that make the policy narrower. Absent: every flow log destination of the account. */
export interface IamPolicyOptions {
  readonly logGroups?: readonly string[];
  readonly buckets?: readonly string[];
  /** Keys of encrypted log groups and buckets: with none, nothing is said about decrypting. */
  readonly keyArns?: readonly string[];
  /** How large logs are asked about: without it, nothing is said about queries. */
  readonly largeLogs?: LargeLogs;
  /** `aws-cn`, `aws-us-gov`. */
  readonly partition?: string;
}

export interface IamPolicy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly IamStatement[];
}

interface IamStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

/**
 * The least policy for what this program calls, read-only. Attach it to the role that the bot assumes, or to the bot's
 * own identity where no accounts are configured. `sts:AssumeRole` is not in it: that belongs to the bot's identity, for
 * the configured roles (`assumeRolePolicy`).
 */
export function iamPolicy(options: IamPolicyOptions = {}): IamPolicy {
  const { partition = 'aws', logGroups = ['*'], buckets = ['*'], keyArns = [], largeLogs } = options;
  const queries = queriesOf(largeLogs);
  const actionsOn = (target: AwsCall['on']) => actionsFor(target, queries);
  const statements: readonly IamStatement[] = [
    { Sid: 'ReadConfiguration', Effect: 'Allow', Action: actionsOn('anything'), Resource: ['*'] },
    {
      Sid: 'ReadFlowLogGroups',
      Effect: 'Allow',
      Action: actionsOn('log-groups'),
      Resource: logGroups.flatMap((name) => [
        `arn:${partition}:logs:*:*:log-group:${name}`,
        `arn:${partition}:logs:*:*:log-group:${name}:*`,
      ]),
    },
    {
      Sid: 'FindFlowLogFiles',
      Effect: 'Allow',
      Action: actionsOn('buckets'),
      Resource: buckets.map((name) => `arn:${partition}:s3:::${name}`),
    },
    {
      Sid: 'ReadFlowLogFiles',
      Effect: 'Allow',
      Action: actionsOn('objects'),
      // `vpcflowlogs/` ends the folder's name in both layouts: `AWSLogs/…/vpcflowlogs/`, `…/aws-service=vpcflowlogs/`.
      Resource: buckets.map((name) => `arn:${partition}:s3:::${name}/*vpcflowlogs/*`),
    },
    { Sid: 'DecryptFlowLogs', Effect: 'Allow', Action: [DECRYPT], Resource: keyArns },
    ...athenaStatements(largeLogs?.athena?.tables ?? [], partition),
  ];
  return { Version: '2012-10-17', Statement: statements.filter((statement) => statement.Resource.length > 0) };
}

/**
 * The calls to Athena, and what Athena does in the caller's name: look the table up, and keep results where the
 * configuration says. Where only the workgroup says so, that place is to be allowed by hand.
 * https://docs.aws.amazon.com/athena/latest/ug/example-policies-workgroup.html
 */
function athenaStatements(tables: readonly ConfiguredTable[], partition: string): readonly IamStatement[] {
  const glue = `arn:${partition}:glue:*:*`;
  const results = unique(tables.flatMap(({ outputLocation }) => outputLocation?.replace('s3://', '') ?? []));
  const buckets = unique([
    ...tables.map(({ bucket }) => bucket),
    ...results.map((place) => place.split('/', 1)[0] ?? ''),
  ]);
  return [
    {
      Sid: 'AskAthena',
      Effect: 'Allow',
      Action: actionsFor('workgroups', ['athena']),
      Resource: unique(tables.map(({ workgroup }) => `arn:${partition}:athena:*:*:workgroup/${workgroup}`)),
    },
    {
      Sid: 'FindTables',
      Effect: 'Allow',
      Action: ['glue:GetDatabase', 'glue:GetTable', 'glue:GetPartition', 'glue:GetPartitions'],
      Resource: unique(
        tables.flatMap(({ database, table }) => [
          `${glue}:catalog`,
          `${glue}:database/${database}`,
          `${glue}:table/${database}/${table}`,
        ]),
      ),
    },
    {
      Sid: 'FindBuckets',
      Effect: 'Allow',
      Action: ['s3:GetBucketLocation'],
      Resource: buckets.map((name) => `arn:${partition}:s3:::${name}`),
    },
    {
      Sid: 'KeepResults',
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload'],
      Resource: results.map((place) => `arn:${partition}:s3:::${place.replace(/\/*$/, '/*')}`),
    },
  ];
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}

/** What the bot's own identity needs to reach the configured accounts. */
export function assumeRolePolicy(roleArns: readonly string[]): IamPolicy {
  const statement = {
    Sid: 'ReachAccounts',
    Effect: 'Allow',
    Action: actionsFor('roles', []),
    Resource: roleArns,
  } as const;
  return { Version: '2012-10-17', Statement: roleArns.length === 0 ? [] : [statement] };
}

function actionsFor(target: AwsCall['on'], queries: readonly Query[]): readonly string[] {
  const calls: readonly AwsCall[] = Object.values(CALLS);
  const purposes: ReadonlySet<AwsCall['for']> = new Set(['every-question', 'paths-and-audits', ...queries]);
  return calls.filter((call) => call.on === target && purposes.has(call.for)).map((call) => call.action);
}
