import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeSubnetsCommand, DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';

import type { FaultKind } from '../../../demo/aws/faults.ts';
import { accessKeyOf } from '../../../demo/aws/stand-in-account.ts';
import { startAws } from '../../../demo/aws/start-aws.ts';
import { ACCOUNT, REGION, connect } from './connect.ts';

const VPCS = { snapshot: { accountId: ACCOUNT, region: REGION, Vpcs: [{ VpcId: 'vpc-1' }] } };

it.each<[FaultKind, object]>([
  [{ kind: 'throttle' }, { name: 'RequestLimitExceeded', $metadata: { httpStatusCode: 503 } }],
  [{ kind: 'deny' }, { name: 'UnauthorizedOperation', $metadata: { httpStatusCode: 403 } }],
  [{ kind: 'internal-error' }, { name: 'InternalError', $metadata: { httpStatusCode: 500 } }],
  [
    { kind: 'error', code: 'RequestExpired', status: 400 },
    { name: 'RequestExpired', $metadata: { httpStatusCode: 400 } },
  ],
  [{ kind: 'reset' }, { code: 'ECONNRESET' }],
  [{ kind: 'truncate' }, { code: 'ECONNRESET' }],
  [{ kind: 'malform' }, { $responseBodyText: expect.stringContaining('Bad Gateway') }],
])('goes wrong to order: %o', async (kind, error) => {
  const { aws, ec2 } = await connect(VPCS);
  aws.faults.add({ action: 'ec2:DescribeVpcs', kind });

  await expect(ec2.send(new DescribeVpcsCommand())).rejects.toMatchObject(error);
});

it('words throttling as each service does', async () => {
  const { aws, logs, s3 } = await connect({});
  aws.faults.add({ action: '*', kind: { kind: 'throttle' } });

  await expect(logs.send(new FilterLogEventsCommand({ logGroupName: 'g' }))).rejects.toMatchObject({
    name: 'ThrottlingException',
  });
  await expect(s3.send(new ListObjectsV2Command({ Bucket: 'b' }))).rejects.toMatchObject({ name: 'SlowDown' });
});

it('strikes the calls that were named and no others', async () => {
  const { aws, ec2 } = await connect(VPCS);
  aws.faults.add({ action: 'ec2:DescribeVpcs', kind: { kind: 'internal-error' }, calls: [2] });
  const attempt = () =>
    ec2.send(new DescribeVpcsCommand()).then(
      () => 'answered',
      () => 'failed',
    );

  await ec2.send(new DescribeSubnetsCommand());

  expect([await attempt(), await attempt(), await attempt()]).toEqual(['answered', 'failed', 'answered']);
});

async function outcomesOfTwenty(): Promise<readonly boolean[]> {
  const { aws, ec2 } = await connect(VPCS);
  aws.faults.add({ action: '*', kind: { kind: 'throttle' }, probability: 0.5 });
  const outcomes = [];
  for (let call = 0; call < 20; call += 1) {
    outcomes.push(
      await ec2.send(new DescribeVpcsCommand()).then(
        () => true,
        () => false,
      ),
    );
  }
  return outcomes;
}

it('strikes a share of the calls, the same ones every time', async () => {
  const outcomes = await outcomesOfTwenty();

  expect(outcomes.filter(Boolean).length).toBeGreaterThan(3);
  expect(outcomes.filter(Boolean).length).toBeLessThan(17);
  expect(await outcomesOfTwenty()).toEqual(outcomes);
});

it('is healed by retries of the SDK, and by clearing the faults', async () => {
  const { aws, ec2 } = await connect(VPCS);
  const patient = new EC2Client({
    endpoint: aws.url,
    region: REGION,
    credentials: { accessKeyId: accessKeyOf(ACCOUNT), secretAccessKey: 'x' },
    maxAttempts: 3,
  });
  aws.faults.add({ action: '*', kind: { kind: 'reset' }, calls: [1] });
  aws.faults.add({ action: '*', kind: { kind: 'internal-error' }, calls: [2] });

  expect((await patient.send(new DescribeVpcsCommand())).Vpcs).toHaveLength(1);
  expect(aws.calls).toHaveLength(3);

  aws.faults.add({ action: '*', kind: { kind: 'deny' } });
  aws.faults.clear();
  expect((await ec2.send(new DescribeVpcsCommand())).Vpcs).toHaveLength(1);
});

it('never answers when told to hang, and still closes', async () => {
  const aws = await startAws({ accounts: [VPCS] });
  aws.faults.add({ action: '*', kind: { kind: 'hang' } });
  const ec2 = new EC2Client({
    endpoint: aws.url,
    region: REGION,
    credentials: { accessKeyId: accessKeyOf(ACCOUNT), secretAccessKey: 'x' },
    maxAttempts: 1,
  });

  const call = ec2.send(new DescribeVpcsCommand());
  await expect.poll(() => aws.calls.length).toBe(1);
  await aws.close();

  await expect(call).rejects.toMatchObject({ code: 'ECONNRESET' });
});

it('keeps every call waiting as long as it is told', async () => {
  const { aws, ec2 } = await connect(VPCS);
  aws.setLatency(60_000);

  const call = ec2.send(new DescribeVpcsCommand(), { abortSignal: AbortSignal.timeout(100) });

  await expect(call).rejects.toMatchObject({ name: 'AbortError' });
});

it('records who called what, and how many calls were under way', async () => {
  const { aws, ec2 } = await connect(VPCS);
  aws.setLatency(50);

  await Promise.all([ec2.send(new DescribeVpcsCommand()), ec2.send(new DescribeSubnetsCommand())]);

  expect(aws.calls.map(({ action }) => action).sort()).toEqual(['ec2:DescribeSubnets', 'ec2:DescribeVpcs']);
  expect(Math.max(...aws.calls.map(({ inFlight }) => inFlight))).toBe(2);
  expect(aws.calls[0]).toMatchObject({ accountId: ACCOUNT, region: REGION, at: expect.any(Number), input: {} });
});

it('is found through the environment alone', async () => {
  const { aws } = await connect(VPCS);

  expect(aws.environment).toMatchObject({
    AWS_ENDPOINT_URL: aws.url,
    AWS_ACCESS_KEY_ID: accessKeyOf(ACCOUNT),
    AWS_REGION: REGION,
  });
  expect(aws.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

it('answers nobody who does not sign', async () => {
  const { aws } = await connect(VPCS);

  const response = await fetch(aws.url, { method: 'POST', body: 'Action=DescribeVpcs' });

  expect(response.status).toBe(403);
  expect(await response.text()).toContain('MissingAuthenticationToken');
});

it('says so when a service has no stand-in', async () => {
  const { aws } = await connect(VPCS);
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyOf(ACCOUNT)}/20260102/${REGION}/dynamodb/aws4_request`;

  const response = await fetch(aws.url, { method: 'POST', headers: { authorization } });

  expect([response.status, await response.json()]).toEqual([
    400,
    { __type: 'UnknownOperationException', message: 'No stand-in for this service.' },
  ]);
});

it('owns up to a fault of its own', async () => {
  const { aws } = await connect(VPCS);
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyOf(ACCOUNT)}/20260102/${REGION}/ec2/aws4_request`;

  const response = await fetch(aws.url, { method: 'POST', headers: { authorization }, body: 'x'.repeat(1_100_000) });

  expect([response.status, await response.text()]).toEqual([500, 'the stand-in failed: Error: request body too large']);
});
