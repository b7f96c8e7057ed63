import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { expect, it } from 'vitest';

import { balancer, targetGroup } from '../../support/ids.ts';
import { ACCOUNT, connect, REGION } from './connect.ts';

const NAMES = ['front', 'back', 'side'];
const snapshot = {
  accountId: ACCOUNT,
  region: REGION,
  LoadBalancers: NAMES.map((name) => ({ LoadBalancerArn: balancer(name), LoadBalancerName: name })),
  LoadBalancerListeners: [{ LoadBalancerArn: balancer('front'), Listeners: [{ Port: 443, Protocol: 'HTTPS' }] }],
  TargetGroups: [{ TargetGroupArn: targetGroup('front'), HealthCheckEnabled: false }],
};

it('lists load balancers page by page', async () => {
  const { elb } = await connect({ snapshot });

  const first = await elb.send(new DescribeLoadBalancersCommand({ PageSize: 2 }));
  const rest = await elb.send(new DescribeLoadBalancersCommand({ PageSize: 2, Marker: first.NextMarker }));

  const names = [first, rest].map(({ LoadBalancers = [] }) => LoadBalancers.map((each) => each.LoadBalancerName));
  expect(names).toEqual([['front', 'back'], ['side']]);
  expect(rest.NextMarker).toBeUndefined();
});

it('chooses by ARN, and reads the types of the schema', async () => {
  const { elb } = await connect({ snapshot });

  const { LoadBalancers } = await elb.send(new DescribeLoadBalancersCommand({ LoadBalancerArns: [balancer('back')] }));
  const { TargetGroups } = await elb.send(new DescribeTargetGroupsCommand({}));

  expect(LoadBalancers).toEqual([{ LoadBalancerArn: balancer('back'), LoadBalancerName: 'back' }]);
  expect(TargetGroups).toEqual([{ TargetGroupArn: targetGroup('front'), HealthCheckEnabled: false }]);
});

it('tells what is gathered about one of them, and nothing where nothing is', async () => {
  const { elb } = await connect({ snapshot });

  const [front, back] = await Promise.all(
    ['front', 'back'].map((name) => elb.send(new DescribeListenersCommand({ LoadBalancerArn: balancer(name) }))),
  );

  expect(front?.Listeners).toEqual([{ Port: 443, Protocol: 'HTTPS' }]);
  expect(back?.Listeners ?? []).toEqual([]);
});

it('knows nobody who is not in the snapshot', async () => {
  const { elb } = await connect({ snapshot });

  await expect(
    elb.send(new DescribeTargetHealthCommand({ TargetGroupArn: targetGroup('gone') })),
  ).rejects.toMatchObject({ name: 'TargetGroupNotFoundException' });
});

it('refuses in its own words', async () => {
  const { elb } = await connect({ snapshot, denied: ['elasticloadbalancing:DescribeLoadBalancers'] });

  await expect(elb.send(new DescribeLoadBalancersCommand({}))).rejects.toMatchObject({
    name: 'AccessDenied',
    $metadata: { httpStatusCode: 403 },
  });
});
