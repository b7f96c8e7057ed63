import { describe, expect, it } from 'vitest';
import { buildVpc, type VpcBuilder } from '../../../support/build-vpc.ts';
import { follow, obstacleWords } from '../../../support/follow-path.ts';
import { pcx, vpc } from '../../../support/ids.ts';
import { route, viaPeering } from '../../../support/routes.ts';
import type { PeeringPlan } from '../../../support/vpc-plan.ts';

const main = buildVpc()
  .subnet('app', '10.0.1.0/24')
  .routeTable('app', [route('0.0.0.0/0', viaPeering('shared'))])
  .securityGroup('app')
  .interface('app', { subnet: 'app', address: '10.0.1.5', groups: ['app'] });

const peered = (plan: PeeringPlan): VpcBuilder => main.peering('shared', plan);

/** The far side as AWS tells it, once its VPC is gone. */
const towards = (AccepterVpcInfo: object): VpcBuilder =>
  main.raw({
    VpcPeeringConnections: [
      {
        VpcPeeringConnectionId: pcx('shared'),
        Status: { Code: 'active' },
        RequesterVpcInfo: { VpcId: vpc('main'), CidrBlock: '10.0.0.0/16' },
        AccepterVpcInfo,
      },
    ],
  });

describe('a peer VPC that was not read', () => {
  it.each<[string, VpcBuilder, readonly string[]]>([
    ['is reached at its blocks', peered({ cidrs: ['10.1.0.0/16', '10.2.0.0/16'] }), []],
    ['is not reached elsewhere (PEER-8)', peered({ cidrs: ['10.1.0.0/16'] }), ['forward peering no-transit']],
    ['PEER-20 is reached nobody knows where, while AWS tells no blocks', peered({ cidrs: [] }), []],
    [
      'PEER-1 is not reached before it accepts',
      peered({ cidrs: ['10.2.0.0/16'], status: 'pending-acceptance' }),
      ['forward peering not-active'],
    ],
  ])('%s', (_, network, obstacles) => {
    expect(obstacleWords(follow(network, 'app', '10.2.0.4'))).toEqual(obstacles);
  });

  it('PEER-21 does nobody knows what, and tells whom to ask', () => {
    const found = follow(peered({ cidrs: ['10.2.0.0/16'], accountId: '210987654321' }), 'app', '10.2.0.4');

    expect(found).toMatchObject({
      verdict: 'undetermined',
      gaps: [{ fact: 'vpc', about: vpc('shared'), accountId: '210987654321' }],
    });
    expect(found.forward.hops.slice(-2)).toMatchObject([
      { kind: 'peering', id: pcx('shared'), outcome: { kind: 'passed' } },
      { kind: 'other', id: vpc('shared'), vpcId: vpc('shared') },
    ]);
  });

  it('may have no name, nor an owner', () => {
    const nameless = follow(towards({ CidrBlock: '10.2.0.0/16' }), 'app', '10.2.0.4');

    expect(nameless.gaps).toEqual([{ fact: 'vpc', about: 'the peer VPC', because: 'not-collected' }]);
    expect(nameless.forward.hops.at(-1)).not.toHaveProperty('vpcId');
    expect(obstacleWords(follow(towards({ CidrBlock: '10.2.0.0/16' }), 'app', '10.3.0.4'))).toEqual([
      'forward peering no-transit',
    ]);
  });
});

it('PEER-20 is told to be expired, and not where it led: AWS tells no blocks any more', () => {
  expect(follow(peered({ cidrs: ['10.1.0.0/16'], status: 'expired' }), 'app', '10.2.0.4')).toMatchObject({
    obstacles: [{ kind: 'peering', reason: 'not-active', code: 'BAD_STATE' }],
    gaps: [{ fact: 'vpc' }],
  });
});
