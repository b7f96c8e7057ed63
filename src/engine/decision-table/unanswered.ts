import { sameAddress } from '../../net/address.ts';
import { addressKind, type AddressKind } from '../address-kind.ts';
import type { Reason } from '../finding.ts';
import type { ObstacleReason } from '../path/path.ts';
import { pathWorld } from '../path/path-world.ts';
import { blocked, needsPath, notARule, undetermined } from './conclude.ts';
import { circumstances } from './circumstances.ts';
import * as is from './flow-predicates.ts';
import type { Conclusion, FlowRow } from './row.ts';
import type { FlowSituation } from './situation.ts';
import { firstObstacle, obstaclesOf, wayOf } from './way.ts';

const leftAndSilence = [is.notRejected, is.forward, is.egress, is.acceptedAlong, is.silentAgainst] as const;

/**
 * The interface sent and nothing came back: the cause lies further on. Where the routes were read the way is followed,
 * and the row tells what stands in it; else the row recognises the pattern and says what is missing.
 */
export const UNANSWERED: readonly FlowRow[] = [
  {
    id: 'T-42',
    about: 'flow',
    title:
      'To the internet without an answer: the interface has no public address, which a route to the internet gateway needs',
    when: [...leftAndSilence, is.withPublic, byWay(withoutPublicAddress, isAt('no-public-address'))],
    conclude: along('routes'),
  },
  {
    id: 'T-43',
    about: 'flow',
    title: 'To the internet without an answer: the route is missing or leads nowhere',
    when: [...leftAndSilence, is.withPublic, byWay(always, isAt('no-route', 'blackhole', 'not-attached'))],
    conclude: along('routes'),
  },
  {
    id: 'T-44',
    about: 'flow',
    title: 'To the internet without an answer: the NAT gateway is misplaced or down',
    when: [...leftAndSilence, is.withPublic, byWay(withoutPublicAddress, (way) => way?.isAtNat === true)],
    conclude: along('nat-gateway'),
  },
  {
    id: 'T-45',
    about: 'flow',
    title: 'Mail to the internet on port 25, which EC2 restricts',
    when: [...leftAndSilence, is.withPublic, is.tcp, is.toPort(25)],
    conclude: (situation) => notARule('likely', { reasons: [...circumstances(situation), { kind: 'port-25' }] }),
  },
  {
    id: 'T-46',
    about: 'flow',
    title: 'To the internet without an answer: the way is open, or something else stands in it',
    when: [...leftAndSilence, is.withPublic],
    conclude: along('far-side'),
  },
  {
    id: 'T-47',
    about: 'flow',
    title: 'To a peer VPC without an answer: its route, rules or names',
    when: [...leftAndSilence, toPeer],
    conclude: along('peering-routes'),
  },
  {
    id: 'T-48',
    about: 'flow',
    title: 'To a private network elsewhere without an answer: transit gateway, VPN or Direct Connect',
    when: [...leftAndSilence, is.not(is.withPublic), is.not(toPeer), is.not(withinVpc)],
    conclude: along('transit-gateway'),
  },
  {
    id: 'T-49',
    about: 'flow',
    title: 'To another interface of the VPC without an answer: what stands before it, or the host',
    when: [...leftAndSilence, withinVpc],
    conclude: along('far-interface'),
  },
  {
    id: 'T-50',
    about: 'flow',
    title: 'To S3 or DynamoDB without an answer: the gateway endpoint, its route, or the ACL on the way back',
    when: [...leftAndSilence, toService('S3', 'DYNAMODB')],
    conclude: along('gateway-endpoint'),
  },
  {
    id: 'T-51',
    about: 'flow',
    title: 'To S3 or DynamoDB past the gateway endpoint: the route table of the subnet does not use it',
    when: [
      is.notRejected,
      is.egress,
      is.acceptedAlong,
      toService('S3', 'DYNAMODB'),
      ({ group }) => group.trafficPaths.includes(8),
      byEndpoint,
    ],
    conclude: pastEndpoint,
  },
  {
    id: 'T-52',
    about: 'flow',
    title: 'An AWS service is reached and answers: what it refuses, it refuses by policy',
    when: [
      is.notRejected,
      is.egress,
      is.acceptedAlong,
      is.acceptedAgainst,
      ({ group }) => group.remoteService !== undefined,
    ],
    conclude: (situation) =>
      notARule('likely', {
        reasons: [...circumstances(situation), { kind: 'policies-are-not-network' }],
        gaps: [{ fact: 'path', about: 'policies', because: 'not-modelled' }],
      }),
  },
];

type FirstObstacle = ReturnType<typeof firstObstacle>;
type Predicate = (situation: FlowSituation) => boolean;

function always(): boolean {
  return true;
}

/** What tells the rows apart: the way where it could be followed, the pattern where it could not. */
function byWay(unseen: Predicate, seen: (first: FirstObstacle) => boolean): Predicate {
  return (situation) => {
    const way = wayOf(situation);
    return way === undefined ? unseen(situation) : seen(firstObstacle(way));
  };
}

function isAt(...reasons: readonly ObstacleReason[]): (first: FirstObstacle) => boolean {
  return (first) => first?.reason !== undefined && !first.isAtNat && reasons.includes(first.reason);
}

/** The records show that it left and was not answered; the configuration shows why: `likely` while only one end is seen (DEC-4). */
function along(unseen: string): (situation: FlowSituation) => Conclusion {
  return (situation) => {
    const way = wayOf(situation);
    if (way === undefined) return needsPath(unseen, 'not-collected');
    const reasons = circumstances(situation);
    if (way.verdict === 'blocked') return blocked('likely', { blockedBy: obstaclesOf(way), reasons, gaps: way.gaps });
    if (way.verdict === 'undetermined') return undetermined({ reasons, gaps: way.gaps });
    return notARule('likely', { reasons: [...reasons, { kind: 'way-is-open' }] });
  };
}

/** VPCE-11, VPCE-13. https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html */
function byEndpoint(situation: FlowSituation): boolean {
  return (
    !pathWorld(situation.scene.snapshot).isWhole('VpcEndpoints', situation.scene.interface.vpcId) ||
    unusedEndpoint(situation) !== undefined
  );
}

function pastEndpoint(situation: FlowSituation): Conclusion {
  const unused = unusedEndpoint(situation);
  if (unused === undefined) return needsPath('gateway-endpoint', 'not-collected');
  return notARule('certain', { reasons: [...circumstances(situation), { kind: 'endpoint-not-used', ...unused }] });
}

function unusedEndpoint({ scene, group }: FlowSituation): UnusedEndpoint | undefined {
  const { snapshot, interface: own } = scene;
  const table = pathWorld(snapshot).routeTableOf(own.subnetId, own.vpcId);
  const service = `.${(group.remoteService ?? '').toLowerCase()}`;
  const endpoint = [...snapshot.endpoints.values()].find(
    ({ vpcId, type, state, serviceName = '' }) =>
      vpcId === own.vpcId && type === 'Gateway' && state === 'available' && serviceName.endsWith(service),
  );
  if (table === undefined || endpoint === undefined || endpoint.routeTableIds.includes(table.id)) return undefined;
  return { endpointId: endpoint.id, routeTableId: table.id };
}

type UnusedEndpoint = Omit<Extract<Reason, { readonly kind: 'endpoint-not-used' }>, 'kind'>;

function toPeer(situation: FlowSituation): boolean {
  return kindOfRemote(situation) === 'peer';
}

function withinVpc(situation: FlowSituation): boolean {
  return kindOfRemote(situation) === 'vpc';
}

function kindOfRemote({ scene, group }: FlowSituation): AddressKind {
  return addressKind(group.remote, scene.snapshot, scene.interface.vpcId);
}

/** IPv6 addresses of interfaces are public themselves: only IPv4 needs another one (RT-19). */
function withoutPublicAddress({ scene, group }: FlowSituation): boolean {
  const own = scene.interface.addresses.find(({ address }) => sameAddress(address, group.local));
  return group.local.family === 'ipv4' && own?.publicAddress === undefined;
}

function toService(...names: readonly string[]): (situation: FlowSituation) => boolean {
  return ({ group }) => group.remoteService !== undefined && names.includes(group.remoteService);
}
