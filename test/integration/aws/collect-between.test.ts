import { describe, expect, it } from 'vitest';
import type { StandInAccount } from '../../../demo/aws/stand-in-account.ts';
import { analysePath } from '../../../src/engine/path/analyse-path.ts';
import { parseAddress } from '../../../src/net/address.ts';
import { parseSnapshot } from '../../../src/vpc/parse-snapshot.ts';
import type { Target } from '../../../src/command/command.ts';
import { buildVpc, buildWorld } from '../../support/build-vpc.ts';
import { eni, tgw, vpc } from '../../support/ids.ts';
import { route, viaPeering } from '../../support/routes.ts';
import { allow, tcp } from '../../support/rules.ts';
import { byAddress, byEni, byInstance, connect, type World } from './world.ts';

const web = buildVpc('web')
  .cidr('10.0.0.0/16')
  .subnet('web', '10.0.1.0/24')
  .securityGroup('web', { ingress: [] })
  .interface('web', { subnet: 'web', address: '10.0.1.5', groups: ['web'], instance: 'web' })
  .routeTable('web', [route('10.1.0.0/16', viaPeering('db'))])
  .peering('db', { cidrs: ['10.1.0.0/16'] });
const db = buildVpc('db')
  .cidr('10.1.0.0/16')
  .subnet('db', '10.1.1.0/24')
  .securityGroup('db', { ingress: [allow(tcp(5432), '10.0.0.0/16')] })
  .interface('db', { subnet: 'db', address: '10.1.1.5', groups: ['db'] })
  .routeTable('db', [route('10.0.0.0/16', viaPeering('db'))]);
/** What else a large account has: none of it is on the way. */
const others = Array.from({ length: 8 }, (_, index) =>
  buildVpc(`other-${index}`)
    .cidr(`10.${index + 20}.0.0/16`)
    .subnet(`other-${index}`, `10.${index + 20}.1.0/24`)
    .securityGroup(`other-${index}`)
    .interface(`other-${index}`, {
      subnet: `other-${index}`,
      address: `10.${index + 20}.1.5`,
      groups: [`other-${index}`],
    }),
);
const { raws } = buildWorld(web, db, ...others);
const LARGE: readonly StandInAccount[] = raws.map((snapshot) => ({ snapshot }));

async function collectBetween({ collector }: Pick<World, 'collector'>, ...between: readonly Target[]) {
  const options = { signal: new AbortController().signal, onStep: () => undefined };
  const { snapshots, cost } = await collector.collectNetwork({ scope: {}, askedBy: 'U024BE7LH', between }, options);
  return { snapshot: parseSnapshot(snapshots), cost };
}

describe('between two ends of a large account', () => {
  it.each<[string, readonly Target[]]>([
    ['interfaces', [byEni('web'), byEni('db')]],
    ['addresses', [byAddress('10.0.1.5'), byAddress('10.1.1.5')]],
    ['an instance and an address', [byInstance('web'), byAddress('10.1.1.5')]],
    ['an interface and an address that nobody has', [byEni('web'), byAddress('10.1.1.77')]],
    ['an interface alone, whose peers are on the way', [byEni('web')]],
  ])('given by %s, only their VPCs are read, in three rounds at most', async (_, between) => {
    const { snapshot, cost } = await collectBetween(await connect(LARGE), ...between);

    expect([...snapshot.vpcs.keys()].toSorted()).toEqual([vpc('db'), vpc('web')].toSorted());
    expect([...snapshot.interfaces.keys()].toSorted()).toEqual([eni('db'), eni('web')].toSorted());
    expect(snapshot.securityGroups.size).toBe(2);
    expect(cost.rounds).toBeLessThanOrEqual(3);
  });

  it('no call waits for another of its operation', async () => {
    const world = await connect(LARGE, { latencyMs: 60 });

    await collectBetween(world, byEni('web'), byEni('db'));

    const attributes = world.aws.calls.filter(({ operation }) => operation === 'DescribeVpcAttribute');
    expect(attributes).toHaveLength(4);
    expect(attributes.at(-1)!.at - attributes[0]!.at).toBeLessThan(60);
  });

  it('unless they are too many for what AWS grants in a second', async () => {
    const TransitGatewayRouteTables = Array.from({ length: 11 }, (_, index) => ({
      TransitGatewayRouteTableId: `tgw-rtb-0a1b2c3d4e5f607${10 + index}`,
      TransitGatewayId: tgw('tgw'),
    }));
    const attached = buildVpc('hub')
      .cidr('10.40.0.0/16')
      .subnet('hub', '10.40.1.0/24')
      .interface('hub', { subnet: 'hub', address: '10.40.1.5' })
      .transitGateway('tgw', { attachments: [{ name: 'hub' }], routes: [] });
    const [snapshot] = buildWorld(attached).raws;
    const world = await connect([{ snapshot: { ...snapshot!, TransitGatewayRouteTables } }], { latencyMs: 15 });

    await collectBetween(world, byEni('hub'));

    const asked = world.aws.calls.filter(({ operation }) => operation === 'SearchTransitGatewayRoutes');
    const pauses = asked.slice(1).map(({ at }, index) => at - asked[index]!.at);
    expect(asked).toHaveLength(11);
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(14);
  });

  it('the way is followed as in the whole account', async () => {
    const question = {
      from: { kind: 'interface', id: eni('web') },
      to: { kind: 'address', address: parseAddress('10.1.1.5')! },
      protocol: 6,
      destinationPort: 5432,
    } as const;
    const { snapshot } = await collectBetween(await connect(LARGE), byEni('web'), byAddress('10.1.1.5'));

    expect(analysePath(question, snapshot)).toMatchObject({ verdict: 'reachable', gaps: [] });
  });

  it.each<[string, readonly Target[]]>([
    ['an id that nobody has', [byEni('web'), byEni('nobody')]],
    ['addresses of nowhere', [byAddress('192.168.7.7')]],
  ])('%s is looked for everywhere', async (_, between) => {
    const { snapshot } = await collectBetween(await connect(LARGE), ...between);

    expect(snapshot.vpcs.size).toBe(2 + others.length);
  });

  it('everything is read where AWS does not let us look around', async () => {
    const world = await connect(LARGE);
    world.aws.faults.add({ action: 'ec2:DescribeTransitGatewayVpcAttachments', kind: { kind: 'deny' } });

    const { snapshot } = await collectBetween(world, byEni('web'), byEni('db'));

    expect(snapshot.vpcs.size).toBe(2 + others.length);
  });

  it('VPCs at the same transit gateway are on the way', async () => {
    const hub = buildVpc('hub-a')
      .cidr('10.40.0.0/16')
      .subnet('hub-a', '10.40.1.0/24')
      .interface('hub-a', { subnet: 'hub-a', address: '10.40.1.5' })
      .transitGateway('tgw', { attachments: [{ name: 'hub-a' }, { name: 'hub-b' }], routes: [] });
    const far = buildVpc('hub-b').cidr('10.41.0.0/16').subnet('hub-b', '10.41.1.0/24');
    const accounts = buildWorld(hub, far, ...others).raws.map((snapshot) => ({ snapshot }));

    const { snapshot } = await collectBetween(await connect(accounts), byEni('hub-a'));

    expect([...snapshot.vpcs.keys()].toSorted()).toEqual([vpc('hub-a'), vpc('hub-b')].toSorted());
  });
});
