import { expect, it } from 'vitest';
import {
  parseAccountId,
  parseGatewayId,
  parseInstanceId,
  parseLoadBalancerArn,
  parseNetworkInterfaceId,
  parseRecordedAccountId,
  parseRegion,
  parseSecurityGroupId,
  parseTargetGroupArn,
  parseTransitGatewayAttachmentId,
  parseTransitGatewayId,
  parseTransitGatewayRouteTableId,
} from '../../../src/vpc/ids.ts';

it.each(['eni-0a1b2c3d', 'eni-0a1b2c3d4e5f60718'])('takes %s for an interface', (text) => {
  expect(parseNetworkInterfaceId(text)).toBe(text);
});

it.each([
  '',
  'eni-',
  'eni-0a1b2c3',
  'eni-0A1B2C3D',
  'eni-0a1b2c3g',
  'eni0a1b2c3d',
  'sg-0a1b2c3d',
  ' eni-0a1b2c3d',
  'eni-0a1b2c3d\n',
  `eni-${'0'.repeat(33)}`,
])('does not take %j for an interface', (text) => {
  expect(parseNetworkInterfaceId(text)).toBeUndefined();
});

it('tells kinds apart by their prefix alone', () => {
  expect(parseInstanceId('i-0a1b2c3d')).toBe('i-0a1b2c3d');
  expect(parseSecurityGroupId('sgr-0a1b2c3d')).toBeUndefined();
});

it.each([
  ['igw-0a1b2c3d', true],
  ['eigw-0a1b2c3d4e5f60718', true],
  ['vgw-0a1b2c3d', true],
  ['nat-0a1b2c3d4e5f60718', false],
  ['tgw-0a1b2c3d4e5f60718', false],
])('gateway %s: %s', (text, isGateway) => {
  expect(parseGatewayId(text) !== undefined).toBe(isGateway);
});

it.each([
  ['tgw-0a1b2c3d4e5f60718', [true, false, false]],
  ['tgw-attach-0a1b2c3d4e5f60718', [false, true, false]],
  ['tgw-rtb-0a1b2c3d4e5f60718', [false, false, true]],
  ['rtb-0a1b2c3d4e5f60718', [false, false, false]],
  ['tgw-attach-', [false, false, false]],
])('%s: a transit gateway, its attachment, its route table: %o', (text, expected) => {
  const parsers = [parseTransitGatewayId, parseTransitGatewayAttachmentId, parseTransitGatewayRouteTableId];

  expect(parsers.map((parse) => parse(text) !== undefined)).toEqual(expected);
});

const BALANCING = 'elasticloadbalancing:eu-west-1:123456789012';

it.each([
  [`arn:aws:${BALANCING}:loadbalancer/app/web/50dc6c495c0c9188`, true, false],
  [`arn:aws-us-gov:${BALANCING}:loadbalancer/net/web/50dc6c495c0c9188`, true, false],
  [`arn:aws:${BALANCING}:targetgroup/web/73e2d6bc24d8a067`, false, true],
  [`arn:aws:${BALANCING}:listener/app/web/50dc6c495c0c9188/f2f7dc8efc522ab2`, false, false],
  [`arn:aws:${BALANCING}:loadbalancer/app/<web>/50dc6c495c0c9188`, false, false],
  ['arn:aws:s3:::loadbalancer/app', false, false],
])('%s: a load balancer: %s; a target group: %s', (text, isBalancer, isTargetGroup) => {
  expect(parseLoadBalancerArn(text) !== undefined).toBe(isBalancer);
  expect(parseTargetGroupArn(text) !== undefined).toBe(isTargetGroup);
});

it.each([
  ['123456789012', true, true],
  ['111234', false, true],
  ['1234567890123', false, false],
  ['', false, false],
  ['12345678901x', false, false],
])('account %j: a person may write it: %s; a recording may hold it: %s', (text, typed, recorded) => {
  expect(parseAccountId(text) !== undefined).toBe(typed);
  expect(parseRecordedAccountId(text) !== undefined).toBe(recorded);
});

it.each(['eu-west-1', 'us-gov-west-1', 'ap-southeast-7', 'cn-north-1', 'us-iso-east-1', 'mx-central-1'])(
  'takes %s for a region',
  (text) => {
    expect(parseRegion(text)).toBe(text);
  },
);

it.each(['', 'eu-west', 'EU-WEST-1', 'eu-west-1a', 'localhost', 'eu-west-1.example.com', '../eu-west-1'])(
  'does not take %j for a region',
  (text) => {
    expect(parseRegion(text)).toBeUndefined();
  },
);
