import { formatAddress } from '../net/address.ts';
import { opposite } from '../net/direction.ts';
import { hasPorts, TCP, UDP } from '../net/protocol.ts';
import type { FlowGroup, Tallies, Tally } from '../flowlog/observations.ts';
import { answersThen, GRACE_SECONDS } from './answers-then.ts';
import { isEffectivePublic } from './address-kind.ts';
import { cidrContains } from '../net/cidr.ts';
import { classifyTracking, tcpIdleTimeout, udpIdleTimeout, type IdleTimeout } from './connection-tracking.ts';
import type { Conversation, FlagClass, FlowSituation, Remote, Scene } from './decision-table/situation.ts';
import { evaluateInterface, type InterfaceDecision } from './evaluate-interface.ts';
import { evaluateSecurityGroups } from './evaluate-security-groups.ts';
import { filterAnswers } from './filter-answers.ts';
import { compileInterfaceFilters } from './interface-filters.ts';
import { interfaceOwner } from './interface-owner.ts';
import { flowOfGroup, packetOfFlow, type Way } from './packet-of-flow.ts';

/** One group of equal flows on one of its ways, with every fact that the decision table asks for. */
export interface Sight {
  readonly group: FlowGroup;
  /** Which way the packets go, and on which leg they are taken to be. */
  readonly way: Way;
}

/** Gathers the facts once, so that rows only look at them. */
export function situateFlow(scene: Scene, sight: Sight): FlowSituation {
  const { group, way } = sight;
  const [along, against] = way.direction === 'ingress' ? [group.ingress, group.egress] : [group.egress, group.ingress];
  const tally = along.rejected ?? along.accepted;
  return {
    kind: 'flow',
    scene,
    group,
    flow: flowOfGroup(group, way),
    along,
    against,
    ...(along.rejected !== undefined && { rejected: along.rejected }),
    flags: flagClass(group, tally),
    answers: filterAnswers(scene.filters, group, way.direction),
    remote: remoteOf(scene, sight),
    conversation: conversationOf(scene, sight, { along, against }),
    ...pastOf(scene, sight, along.rejected),
  };
}

function pastOf({ eras }: Scene, sight: Sight, rejected: Tally | undefined): Pick<FlowSituation, 'past'> {
  if (rejected === undefined || eras.length === 0) return {};
  return { past: answersThen(eras, { ...sight, rejected }) };
}

const SYN = 2;
const ACK = 16;

function flagClass({ protocol }: FlowGroup, tally: Tally | undefined): FlagClass {
  if (protocol !== TCP) return 'not-tcp';
  const flags = tally?.flags ?? [];
  if (flags.length === 0) return 'not-logged';
  if (flags.some((value) => (value & SYN) !== 0 && (value & ACK) === 0)) return 'opening';
  return flags.some((value) => (value & SYN) !== 0) ? 'answering' : 'middle';
}

function remoteOf(scene: Scene, { group, way }: Sight): Remote {
  const { snapshot, neighbours } = scene;
  const { vpcId, subnetId } = scene.interface;
  const address = formatAddress(group.remote);
  const at = neighbours.byAddress.get(address);
  const publicAddressOf = neighbours.byPublicAddress.get(address);
  const subnet = subnetId === undefined ? undefined : snapshot.subnets.get(subnetId);
  const isAnswered =
    way.leg === 'forward' && group.ingress.rejected === undefined && group.egress.rejected === undefined;
  return {
    effectivePublic: isEffectivePublic(group.remote, snapshot, vpcId),
    sameSubnet: subnet?.cidrs.some((cidr) => cidrContains(cidr, group.remote)) ?? false,
    ...(at !== undefined && { interface: at, owner: interfaceOwner(at, snapshot) }),
    ...(publicAddressOf !== undefined && { publicAddressOf }),
    ...(at !== undefined && isAnswered && { arrival: arrivalAt(scene, group, { at: at.id, way }) }),
  };
}

/** What the far interface's own filters say of the answer: the client's subnet may have an ACL of its own (T-35). */
function arrivalAt(
  { snapshot }: Scene,
  group: FlowGroup,
  { at, way }: { at: Scene['interface']['id']; way: Way },
): InterfaceDecision {
  const answer = packetOfFlow(group, opposite(way.direction), group.clientPorts.listed[0]);
  return evaluateInterface(compileInterfaceFilters(snapshot, at), way.direction, answer);
}

interface Both {
  readonly along: Tallies;
  readonly against: Tallies;
}

function conversationOf(scene: Scene, { group, way }: Sight, both: Both): Conversation {
  const { order } = group;
  const lastSeen = both.along.rejected?.lastSeen;
  const forward = way.leg === 'forward' ? way.direction : opposite(way.direction);
  const opening = packetOfFlow(group, forward, group.clientPorts.listed[0]);
  const admitting = evaluateSecurityGroups(scene.filters, forward, opening);
  return {
    acceptedBefore: order.acceptedBefore,
    acceptedAfter: order.acceptedAfter,
    ...(order.idleBeforeReject !== undefined && { idleSeconds: order.idleBeforeReject }),
    timeout: timeoutOf(scene, group, both),
    closing: [both.along.accepted, both.against.accepted].some((tally) => tally?.flags.some(closes) ?? false),
    tracking:
      way.leg === 'forward'
        ? 'unknown'
        : classifyTracking({
            filters: scene.filters,
            snapshot: scene.snapshot,
            direction: forward,
            packet: opening,
          }),
    admittedBy: admitting.kind === 'allowed' ? admitting.by : [],
    changesSince: lastSeen === undefined ? [] : scene.changes.filter(({ at }) => at + GRACE_SECONDS >= lastSeen),
  };
}

const FIN_OR_RST = 1 | 4;

function closes(flags: number): boolean {
  return (flags & FIN_OR_RST) !== 0;
}

/** Other protocols are remembered for ten minutes by address and number (CT-7). */
const PAIRING_SECONDS = 600;

function timeoutOf(scene: Scene, { protocol }: FlowGroup, { along, against }: Both): IdleTimeout {
  const { interface: own, snapshot } = scene;
  if (protocol === UDP) {
    const isStream = along.accepted !== undefined && (against.accepted?.packets ?? 0) > 1;
    return udpIdleTimeout(own, isStream ? 'stream' : 'single');
  }
  if (!hasPorts(protocol)) return { seconds: PAIRING_SECONDS, source: 'default' };
  return tcpIdleTimeout(own, own.instanceId === undefined ? undefined : snapshot.instances.get(own.instanceId));
}
