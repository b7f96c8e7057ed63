import { describe, expect, it } from 'vitest';
import { consoleLink } from '../../../src/explain/console-link.ts';
import { parseRegion } from '../../../src/vpc/ids.ts';

describe('a console link', () => {
  it.each([
    [
      'eu-west-1',
      'sg-0c44',
      'https://eu-west-1.console.aws.amazon.com/vpc/home?region=eu-west-1#SecurityGroup:groupId=sg-0c44',
    ],
    [
      'eu-west-1',
      'acl-0aa1',
      'https://eu-west-1.console.aws.amazon.com/vpc/home?region=eu-west-1#NetworkAclDetails:networkAclId=acl-0aa1',
    ],
    [
      'eu-west-1',
      'subnet-0d9',
      'https://eu-west-1.console.aws.amazon.com/vpc/home?region=eu-west-1#SubnetDetails:subnetId=subnet-0d9',
    ],
    [
      'us-east-1',
      'vpc-0b1',
      'https://us-east-1.console.aws.amazon.com/vpc/home?region=us-east-1#VpcDetails:VpcId=vpc-0b1',
    ],
    [
      'us-east-1',
      'eni-0a1',
      'https://us-east-1.console.aws.amazon.com/ec2/home?region=us-east-1#NetworkInterface:networkInterfaceId=eni-0a1',
    ],
    [
      'us-gov-west-1',
      'sg-0c44',
      'https://us-gov-west-1.console.amazonaws-us-gov.com/vpc/home?region=us-gov-west-1#SecurityGroup:groupId=sg-0c44',
    ],
    [
      'cn-north-1',
      'sg-0c44',
      'https://cn-north-1.console.amazonaws.cn/vpc/home?region=cn-north-1#SecurityGroup:groupId=sg-0c44',
    ],
    ['eu-west-1', 'fl-0c44', undefined],
    ['eu-west-1', 'sg-<!channel>', undefined],
  ])('in %s to %s', (region, id, url) => {
    expect(consoleLink(parseRegion(region), id)).toBe(url);
  });
});
