import type { PeeringConnection, Snapshot } from '../../vpc/snapshot.ts';
import type { AuditFinding } from '../audit-finding.ts';
import type { AuditRule, AuditWorld } from '../audit-rule.ts';
import { overlapsOf } from './block-pairs.ts';
import { distinctObjects, peeringFinding, tableObject } from './peering-finding.ts';
import { peeringSituations, type PeeringSituation } from './peering-situation.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
/** PEER-2. https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html */
const PATIENCE = 7 * DAY;
const NEAR_THE_END = 2 * DAY;

/** A request that nobody accepts within seven days is lost, and must be made again (PEER-2). */
export const FIND_EXPIRING_REQUESTS: AuditRule = {
  kind: 'peering-expires-soon',
  family: 'peering',
  needs: ['VpcPeeringConnections'],
  check: ({ snapshot, now }) => peeringSituations(snapshot).flatMap((situation) => expiringRequest(situation, now)),
  gaps: ({ snapshot }) =>
    [...snapshot.peerings.values()]
      .filter(({ status, expiresAt }) => isPending(status) && expiresAt === undefined)
      .map(({ id }) => ({ fact: 'peering-connection', about: id, because: 'not-found' })),
};

function isPending(status: string): boolean {
  return status === 'pending-acceptance';
}

/** The measure is the days it has waited: more is worse. */
function expiringRequest({ peering, object }: PeeringSituation, now: AuditWorld['now']): readonly AuditFinding[] {
  const { id, status, expiresAt } = peering;
  if (!isPending(status) || expiresAt === undefined || expiresAt - now > NEAR_THE_END) return [];
  const left = Math.max(0, expiresAt - now);
  const fault = { kind: 'peering-expires-soon', peering, expiresAt, hoursLeft: Math.floor(left / HOUR) } as const;
  const measure = Math.floor((PATIENCE - left) / DAY);
  return [peeringFinding(fault, { severity: 'medium', objects: [object], of: [id], measure })];
}

export const FIND_EXPIRED_REQUESTS = endedAs('expired', 'peering-expired');
export const FIND_REJECTED_REQUESTS = endedAs('rejected', 'peering-rejected');

function endedAs(status: string, kind: 'peering-expired' | 'peering-rejected'): AuditRule {
  return {
    kind,
    family: 'peering',
    needs: ['VpcPeeringConnections'],
    check: ({ snapshot }) =>
      endedWith(status, snapshot).map((situation) => {
        const { peering } = situation;
        const fault = { kind, peering, routes: situation.routes.map(({ route }) => route) };
        const objects = objectsOf(situation, snapshot);
        return peeringFinding(fault, { severity: severityOf(situation), objects, of: [peering.id] });
      }),
  };
}

/** What cannot be connected, overlapping blocks above all, fails after the call and not by it (PEER-7). */
export const FIND_FAILED_REQUESTS: AuditRule = {
  kind: 'peering-failed',
  family: 'peering',
  needs: ['VpcPeeringConnections'],
  check: ({ snapshot }) =>
    endedWith('failed', snapshot).map((situation) => {
      const { peering, requester, accepter } = situation;
      const overlaps = overlapsOf(requester.cidrs, accepter.cidrs);
      const routes = situation.routes.map(({ route }) => route);
      const fault = { kind: 'peering-failed', peering, routes, overlaps } as const;
      const objects = objectsOf(situation, snapshot);
      return peeringFinding(fault, { severity: severityOf(situation), objects, of: [peering.id] });
    }),
};

function objectsOf({ object, routes }: PeeringSituation, snapshot: Snapshot): AuditFinding['objects'] {
  return distinctObjects(
    object,
    routes.map(({ table }) => tableObject(table, snapshot)),
  );
}

/** A request that was made again in the meantime needs nobody, unless routes still name the old one. */
function endedWith(status: string, snapshot: Snapshot): readonly PeeringSituation[] {
  const alive = new Set([...snapshot.peerings.values()].filter(isAlive).map(pairOf));
  return peeringSituations(snapshot).filter(
    ({ peering, routes }) => peering.status === status && (routes.length > 0 || !alive.has(pairOf(peering))),
  );
}

const ALIVE: ReadonlySet<string> = new Set(['initiating-request', 'pending-acceptance', 'provisioning', 'active']);

function isAlive({ status }: PeeringConnection): boolean {
  return ALIVE.has(status);
}

/** Whoever asked. */
function pairOf({ requester, accepter }: PeeringConnection): string {
  return [requester.vpcId ?? '', accepter.vpcId ?? ''].sort().join(' ');
}

/** Where traffic is sent to it, traffic is lost. */
function severityOf({ routes }: PeeringSituation): 'high' | 'medium' {
  return routes.some(({ isInUse }) => isInUse) ? 'high' : 'medium';
}
