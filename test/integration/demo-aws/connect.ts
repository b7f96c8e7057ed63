import { AthenaClient } from '@aws-sdk/client-athena';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { onTestFinished } from 'vitest';

import { accessKeyOf } from '../../../demo/aws/stand-in-account.ts';
import type { StandInAccount } from '../../../demo/aws/stand-in-account.ts';
import { startAws } from '../../../demo/aws/start-aws.ts';
import type { StandInAws } from '../../../demo/aws/start-aws.ts';

export const ACCOUNT = '123456789012';
export const REGION = 'eu-west-1';

export interface Connected {
  readonly aws: StandInAws;
  readonly athena: AthenaClient;
  readonly ec2: EC2Client;
  readonly elb: ElasticLoadBalancingV2Client;
  readonly logs: CloudWatchLogsClient;
  readonly s3: S3Client;
  readonly sts: STSClient;
}

/** Real SDK clients against a stand-in that ends with the test. One attempt a call, so that faults are seen. */
export async function connect(...accounts: readonly Partial<StandInAccount>[]): Promise<Connected> {
  const aws = await startAws({
    accounts: accounts.map((account) => Object.assign({ snapshot: { accountId: ACCOUNT, region: REGION } }, account)),
  });
  onTestFinished(() => aws.close());
  const settings = {
    endpoint: aws.url,
    region: REGION,
    maxAttempts: 1,
    credentials: { accessKeyId: accessKeyOf(ACCOUNT), secretAccessKey: 'secret' },
  };
  return {
    aws,
    athena: new AthenaClient(settings),
    ec2: new EC2Client(settings),
    elb: new ElasticLoadBalancingV2Client(settings),
    logs: new CloudWatchLogsClient(settings),
    s3: new S3Client(settings),
    sts: new STSClient(settings),
  };
}
