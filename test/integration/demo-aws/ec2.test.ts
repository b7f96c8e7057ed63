import { DescribeNetworkInterfacesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { startAws } from '../../../demo/aws/start-aws.ts';
import type { StandInAws } from '../../../demo/aws/start-aws.ts';
import { accessKeyOf } from '../../../demo/aws/stand-in-account.ts';

let aws: StandInAws;
let ec2: EC2Client;
const eni = {
  NetworkInterfaceId: 'eni-0a1b2c3d4e5f60718',
  VpcId: 'vpc-0a1b2c3d',
  Groups: [{ GroupId: 'sg-0a1b2c3d', GroupName: 'web <!channel>' }],
  PrivateIpAddresses: [{ PrivateIpAddress: '10.0.0.1', Primary: true }],
  TagSet: [],
  Description: 'a\u0007b & "c"',
  SourceDestCheck: false,
};

beforeAll(async () => {
  aws = await startAws({
    accounts: [{ snapshot: { accountId: '123456789012', region: 'eu-west-1', NetworkInterfaces: [eni] } }],
  });
  ec2 = new EC2Client({
    endpoint: aws.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: accessKeyOf('123456789012'), secretAccessKey: 'x' },
  });
});
afterAll(() => aws.close());

it('gives back an interface as the snapshot has it', async () => {
  const { NetworkInterfaces } = await ec2.send(
    new DescribeNetworkInterfacesCommand({
      Filters: [
        { Name: 'addresses.private-ip-address', Values: ['10.0.0.*'] },
        { Name: 'group-id', Values: ['sg-0a1b2c3d'] },
      ],
    }),
  );

  expect(NetworkInterfaces).toEqual([eni]);
});
