import { sameAddress } from '../../net/address.ts';
import { addressKind, type AddressKind } from '../address-kind.ts';
import { needsPath, notARule } from './conclude.ts';
import { circumstances } from './denied.ts';
import * as is from './flow-predicates.ts';
import type { FlowRow } from './row.ts';
import type { FlowSituation } from './situation.ts';

const leftAndSilence = [is.notRejected, is.forward, is.egress, is.acceptedAlong, is.silentAgainst] as const;

/**
 * The interface sent and nothing came back. Most causes lie on the path, which is not followed yet: their rows recognise
 * the pattern and say what is missing.
 */
export const UNANSWERED: readonly FlowRow[] = [
  {
    id: 'T-42',
    about: 'flow',
    title:
      'To the internet without an answer: the interface has no public address, which a route to the internet gateway needs',
    state: 'needs-path',
    when: [...leftAndSilence, is.withPublic, withoutPublicAddress],
    conclude: () => needsPath('routes'),
  },
  {
    id: 'T-43',
    about: 'flow',
    title: 'To the internet without an answer: the route may be missing or lead nowhere',
    state: 'needs-path',
    when: [...leftAndSilence, is.withPublic],
    conclude: () => needsPath('routes'),
  },
  {
    id: 'T-44',
    about: 'flow',
    title: 'To the internet without an answer: the NAT gateway may be misplaced or down',
    state: 'needs-path',
    when: [...leftAndSilence, is.withPublic, withoutPublicAddress],
    conclude: () => needsPath('nat-gateway'),
  },
  {
    id: 'T-45',
    about: 'flow',
    title: 'Mail to the internet on port 25, which EC2 restricts',
    state: 'decided',
    when: [...leftAndSilence, is.withPublic, is.tcp, is.toPort(25)],
    conclude: (situation) => notARule('likely', { reasons: [...circumstances(situation), { kind: 'port-25' }] }),
  },
  {
    id: 'T-46',
    about: 'flow',
    title: 'To the internet without an answer: the far side may be silent',
    state: 'needs-path',
    when: [...leftAndSilence, is.withPublic],
    conclude: () => needsPath('far-side'),
  },
  {
    id: 'T-47',
    about: 'flow',
    title: 'To a peer VPC without an answer: its route, rules or names are not read',
    state: 'needs-path',
    when: [...leftAndSilence, toPeer],
    conclude: () => needsPath('peering-routes'),
  },
  {
    id: 'T-48',
    about: 'flow',
    title: 'To a private network elsewhere without an answer: transit gateway, VPN or Direct Connect',
    state: 'needs-path',
    when: [...leftAndSilence, is.not(is.withPublic), is.not(toPeer), is.not(withinVpc)],
    conclude: () => needsPath('transit-gateway'),
  },
  {
    id: 'T-49',
    about: 'flow',
    title: 'To another interface of the VPC without an answer: its records are not read',
    state: 'needs-path',
    when: [...leftAndSilence, withinVpc],
    conclude: () => needsPath('far-interface'),
  },
  {
    id: 'T-50',
    about: 'flow',
    title: 'To S3 or DynamoDB without an answer: the gateway endpoint and its route are not read',
    state: 'needs-path',
    when: [...leftAndSilence, toService('S3', 'DYNAMODB')],
    conclude: () => needsPath('gateway-endpoint'),
  },
  {
    id: 'T-51',
    about: 'flow',
    title: 'To S3 by the internet gateway, though a gateway endpoint may exist',
    state: 'needs-path',
    when: [
      is.notRejected,
      is.egress,
      is.acceptedAlong,
      toService('S3', 'DYNAMODB'),
      ({ group }) => group.trafficPaths.includes(8),
    ],
    conclude: () => needsPath('gateway-endpoint'),
  },
  {
    id: 'T-52',
    about: 'flow',
    title: 'An AWS service is reached and may still refuse: policies are not read',
    state: 'needs-path',
    when: [
      is.notRejected,
      is.egress,
      is.acceptedAlong,
      is.acceptedAgainst,
      ({ group }) => group.remoteService !== undefined,
    ],
    conclude: () => needsPath('policies'),
  },
];

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
