import type { Direction } from '../net/direction.ts';
import { rangeContains, CLIENT_PORTS } from '../net/port-range.ts';
import type { FlowGroup } from '../flowlog/observations.ts';
import { hasPorts } from '../net/protocol.ts';
import type { Gap } from '../vpc/gap.ts';
import { blockersOf } from './blockers.ts';
import type { Answer } from './decision.ts';
import type { FilterAnswers } from './decision-table/situation.ts';
import type { InterfaceDecision } from './evaluate-interface.ts';
import { evaluateInterface, gapsOf } from './evaluate-interface.ts';
import { evaluateNetworkAclForPorts } from './evaluate-network-acl.ts';
import { distinctGaps } from './find-gap.ts';
import type { Blocker } from './finding.ts';
import type { InterfaceFilters } from './interface-filters.ts';
import { isToClient, packetOfFlow } from './packet-of-flow.ts';

/**
 * What today's rules say of a group's packets on one way. On the way to the client its ports matter one by one: an ACL
 * that lets some of them pass is a cause for those that it does not (NACL-17, NACL-18).
 */
export function filterAnswers(filters: InterfaceFilters, group: FlowGroup, direction: Direction): FilterAnswers {
  const toClient = isToClient(group, direction);
  const parts = toClient ? partsByClientPort(filters, group, direction) : [onePart(filters, group, direction)];
  return joinParts(parts, direction, toClient);
}

/** The same for one packet that nobody has seen. */
export function answersFor(decision: InterfaceDecision): FilterAnswers {
  return joinParts([{ decision, ports: [] }], decision.direction, false);
}

/** Client ports that meet the same decision. Empty: the port plays no part, or nobody told it. */
interface Part {
  readonly decision: InterfaceDecision;
  readonly ports: readonly number[];
}

function onePart(filters: InterfaceFilters, group: FlowGroup, direction: Direction): Part {
  const packet = packetOfFlow(group, direction, group.clientPorts.listed[0]);
  return { decision: evaluateInterface(filters, direction, packet), ports: [] };
}

function partsByClientPort(filters: InterfaceFilters, group: FlowGroup, direction: Direction): readonly Part[] {
  if (!hasPorts(group.protocol)) return [onePart(filters, group, direction)];
  const { listed } = group.clientPorts;
  const packet = packetOfFlow(group, direction);
  const ports = { from: listed[0] ?? CLIENT_PORTS.from, to: listed.at(-1) ?? CLIENT_PORTS.to };
  return evaluateNetworkAclForPorts(filters, direction, { packet, ports })
    .map((part) => ({ from: part.ports.from, ports: listed.filter((port) => rangeContains(part.ports, port)) }))
    .filter((part) => part.ports.length > 0 || listed.length === 0)
    .map((part) => ({
      ports: part.ports,
      decision: evaluateInterface(filters, direction, packetOfFlow(group, direction, part.ports[0] ?? part.from)),
    }));
}

function joinParts(parts: readonly Part[], direction: Direction, toClient: boolean): FilterAnswers {
  const decisions = parts.map(({ decision }) => decision);
  const groups = decisions.map(({ securityGroups }) => answerOf(securityGroups.kind));
  const acls = decisions.map(({ networkAcl }) => answerOf(networkAcl.kind));
  const telling = decisions[groups.indexOf(worst(groups))] ?? decisions[0];
  if (telling === undefined) throw new Error('a way has at least one packet');
  const unknownPorts = toClient && hasPorts(telling.packet.protocol) && parts.every(({ ports }) => ports.length === 0);
  return {
    packet: telling.packet,
    sg: worst(groups),
    securityGroups: telling.securityGroups,
    acl: unknownPorts && acls.includes('allow') && acls.includes('deny') ? 'unknown' : worst(acls),
    aclConsulted: decisions.some(({ networkAcl }) => networkAcl.kind !== 'not-applicable'),
    aclDeniesAll: acls.every((answer) => answer === 'deny'),
    blockers: blockersOfParts(parts, direction),
    gaps: distinctGaps([...decisions.flatMap(gapsOf), ...(unknownPorts ? [CLIENT_PORT_UNKNOWN] : [])]),
  };
}

const CLIENT_PORT_UNKNOWN: Gap = { fact: 'client-port', because: 'not-found' };

type DecisionKind = InterfaceDecision['securityGroups']['kind'] | InterfaceDecision['networkAcl']['kind'];

const ANSWER_OF: Readonly<Record<DecisionKind, Answer>> = {
  allowed: 'allow',
  'not-applicable': 'allow',
  denied: 'deny',
  'denied-by-default': 'deny',
  undetermined: 'unknown',
};

function answerOf(kind: DecisionKind): Answer {
  return ANSWER_OF[kind];
}

/** One part denied is a cause for that part; without one, one part unknown leaves the whole open. */
function worst(answers: readonly Answer[]): Answer {
  if (answers.includes('deny')) return 'deny';
  return answers.includes('unknown') ? 'unknown' : 'allow';
}

/** One blocker an entry, with the ports of all parts that it denies; the groups once. */
function blockersOfParts(parts: readonly Part[], direction: Direction): readonly Blocker[] {
  const byIdentity = new Map<string, Blocker>();
  for (const { decision, ports } of parts) {
    for (const blocker of blockersOf(decision)) {
      const key = blocker.kind === 'network-acl' ? String(blocker.entry.ruleNumber) : blocker.kind;
      byIdentity.set(key, withPorts(blocker, byIdentity.get(key), ports));
    }
  }
  const all = [...byIdentity.values()];
  const acl = all.filter(({ kind }) => kind === 'network-acl');
  const groups = all.filter(({ kind }) => kind === 'security-group');
  return direction === 'ingress' ? [...acl, ...groups] : [...groups, ...acl];
}

function withPorts(blocker: Blocker, before: Blocker | undefined, ports: readonly number[]): Blocker {
  if (blocker.kind !== 'network-acl' || ports.length === 0) return before ?? blocker;
  const earlier = before?.kind === 'network-acl' ? (before.clientPorts ?? []) : [];
  return { ...blocker, clientPorts: [...earlier, ...ports].sort((a, b) => a - b) };
}
