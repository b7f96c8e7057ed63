import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { expect, it } from 'vitest';

import { accessKeyOf } from '../../../demo/aws/stand-in-account.ts';
import { ACCOUNT, REGION, connect } from './connect.ts';

const OTHER = '210987654321';
const RoleArn = `arn:aws:iam::${OTHER}:role/vpc-why-reader`;
const MEMBER = {
  snapshot: { accountId: OTHER, region: REGION, Vpcs: [{ VpcId: 'vpc-0bb00000000000001' }] },
  roles: [{ name: 'vpc-why-reader', externalId: 'acme-7f3c' }],
};

it('says who calls', async () => {
  const { sts } = await connect({});

  expect(await sts.send(new GetCallerIdentityCommand())).toMatchObject({
    Account: ACCOUNT,
    Arn: `arn:aws:iam::${ACCOUNT}:user/vpc-why`,
  });
});

it('lets the bearer of the external id into the other account', async () => {
  const { aws } = await connect({}, MEMBER);
  const settings = { endpoint: aws.url, region: REGION };
  const credentials = fromTemporaryCredentials({
    params: { RoleArn, RoleSessionName: 'dana', ExternalId: 'acme-7f3c' },
    masterCredentials: { accessKeyId: accessKeyOf(ACCOUNT), secretAccessKey: 'secret' },
    clientConfig: settings,
  });

  const identity = await new STSClient({ ...settings, credentials }).send(new GetCallerIdentityCommand());
  const { Vpcs } = await new EC2Client({ ...settings, credentials }).send(new DescribeVpcsCommand());

  expect(identity).toMatchObject({ Account: OTHER, Arn: `arn:aws:sts::${OTHER}:assumed-role/vpc-why-reader/dana` });
  expect(Vpcs).toMatchObject([{ VpcId: 'vpc-0bb00000000000001' }]);
  expect(aws.calls.map(({ action, accountId }) => [action, accountId])).toEqual([
    ['sts:AssumeRole', ACCOUNT],
    ['sts:GetCallerIdentity', OTHER],
    ['sts:AssumeRole', ACCOUNT],
    ['ec2:DescribeVpcs', OTHER],
  ]);
});

it.each([
  ['without the external id', { RoleArn }],
  ['with another external id', { RoleArn, ExternalId: 'guess' }],
  ['into a role that does not exist', { RoleArn: `${RoleArn}-x`, ExternalId: 'acme-7f3c' }],
  ['into an unknown account', { RoleArn: 'arn:aws:iam::999999999999:role/vpc-why-reader' }],
])('lets nobody in %s', async (_how, input) => {
  const { sts } = await connect({}, MEMBER);

  await expect(sts.send(new AssumeRoleCommand({ RoleSessionName: 'dana', ...input }))).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining('sts:AssumeRole'),
    $metadata: { httpStatusCode: 403 },
  });
});

it('refuses session names that AWS refuses', async () => {
  const { sts } = await connect({}, MEMBER);

  await expect(
    sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'Dana <dana>', ExternalId: 'acme-7f3c' })),
  ).rejects.toMatchObject({ name: 'ValidationError' });
});

it.each([
  ['an unknown key', { accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'x' }],
  ['a made-up session', { accessKeyId: accessKeyOf(ACCOUNT), secretAccessKey: 'x', sessionToken: 'made-up' }],
])('knows nobody by %s', async (_what, credentials) => {
  const { aws } = await connect({});
  const settings = { endpoint: aws.url, region: REGION, credentials, maxAttempts: 1 };

  await expect(new EC2Client(settings).send(new DescribeVpcsCommand())).rejects.toMatchObject({
    name: 'AuthFailure',
    $metadata: { httpStatusCode: 401 },
  });
  await expect(new STSClient(settings).send(new GetCallerIdentityCommand())).rejects.toMatchObject({
    name: 'InvalidClientTokenId',
  });
});

it('keeps accounts and regions apart', async () => {
  const { aws } = await connect(
    {},
    { snapshot: { accountId: ACCOUNT, region: 'us-east-1', Vpcs: [{ VpcId: 'vpc-1' }] } },
  );
  const vpcsIn = async (region: string) => {
    const credentials = { accessKeyId: accessKeyOf(ACCOUNT), secretAccessKey: 'x' };
    return (await new EC2Client({ endpoint: aws.url, region, credentials }).send(new DescribeVpcsCommand())).Vpcs;
  };

  expect(await vpcsIn('us-east-1')).toHaveLength(1);
  expect(await vpcsIn('eu-west-1')).toEqual([]);
  expect(await vpcsIn('ap-south-1')).toEqual([]);
});
