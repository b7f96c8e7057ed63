import type { AuditFinding } from '../audit/audit-finding.ts';
import type { PeeringFault } from '../audit/peering/peering-fault.ts';
import { formatCidr } from '../net/cidr.ts';
import type { Route } from '../vpc/route-table.ts';
import type { PeeringConnection } from '../vpc/snapshot.ts';
import { resource } from './console-link.ts';
import type { FaultTelling } from './fault-telling.ts';
import { acceptCommand, deletePeeringCommand, deleteRouteCommand, requestCommand } from './peering-commands.ts';
import { count, formatList, shortName } from './phrase.ts';
import { code, sentence, time, type Sentence } from './sentence.ts';
import {
  accountOf,
  doThis,
  formatRoutes,
  namePeering,
  nameSide,
  regionOf,
  regionOfObject,
  type TellingsOf,
} from './tell-peering.ts';

type Kind =
  | 'peering-expires-soon'
  | 'peering-expired'
  | 'peering-rejected'
  | 'peering-failed'
  | 'peering-deleted-but-routed'
  | 'peering-unused';

/** Connections that never came to be, are no more, or carry nothing. */
export const tellRequests: TellingsOf<Kind> = {
  'peering-expires-soon': ({ peering, expiresAt, hoursLeft }, finding) => ({
    title: sentence`${namePeering(peering, regionOf(finding))}: the request expires ${hoursLeft === 0 ? 'within the hour' : `in ${count(hoursLeft, 'hour')}`}, and ${accountOf(peering.accepter)} has not accepted it.`,
    evidence: [whoAsked(peering), sentence`It expires at ${time(expiresAt)}, seven days after it was made.`],
    why: sentence`An expired request cannot be accepted: it must be made and approved again.`,
    fix: doThis(sentence`In ${accountOf(peering.accepter)}, if the connection is wanted:`, [acceptCommand(peering)]),
  }),
  'peering-expired': ({ peering, routes }, finding) => ({
    title: sentence`${namePeering(peering, regionOf(finding))}: the request expired; nobody in ${accountOf(peering.accepter)} accepted it within seven days.`,
    evidence: [whoAsked(peering), ...routedStill(routes, finding)],
    why: nothingPasses(routes),
    fix: askAgain(peering, routes, finding),
  }),
  'peering-rejected': ({ peering, routes }, finding) => ({
    title: sentence`${namePeering(peering, regionOf(finding))}: ${accountOf(peering.accepter)} rejected the request.`,
    evidence: [whoAsked(peering), ...asTold(peering), ...routedStill(routes, finding)],
    why: nothingPasses(routes),
    fix: doThis(
      sentence`Ask ${accountOf(peering.accepter)} why. If they agree after all, ask again from ${accountOf(peering.requester)}${routes.length > 0 ? '; else remove the routes' : ''}:`,
      [requestCommand(peering), ...deletions(routes, finding)],
    ),
  }),
  'peering-failed': (fault, finding) => tellFailed(fault, finding),
  'peering-deleted-but-routed': ({ peeringId, peering, routes }, finding) => ({
    title: sentence`${resource(regionOf(finding), peeringId)}: deleted, but ${count(routes.length, 'route')} still ${routes.length === 1 ? 'leads' : 'lead'} to it.`,
    evidence: [
      formatRoutes(routes, regionOf(finding)),
      peering === undefined
        ? sentence`AWS does not list the connection any more, as it forgets deleted ones after hours or days.`
        : whoAsked(peering),
    ],
    why: sentence`These routes win for their destinations and drop the packets; nobody is told.`,
    fix: doThis(
      sentence`In ${ownerOfTables(finding)}, remove the routes, or point them at the connection that took its place:`,
      deletions(routes, finding),
    ),
  }),
  'peering-unused': ({ peering, unrouted }, finding) => ({
    title: sentence`${namePeering(peering, regionOf(finding))}: no route uses this connection${finding.gaps.length > 0 ? ' on the side that we can read' : ''}.`,
    evidence: [
      whoAsked(peering),
      sentence`No table in use names it in ${unrouted.length === 1 ? nameSide(unrouted[0]) : 'either VPC'}.`,
      ...(finding.gaps.length > 0
        ? [sentence`The route tables of the other side were not read; it may have routes.`]
        : []),
    ],
    why: sentence`Nothing passes without routes, and an open connection that nobody needs is one more way in.`,
    fix: doThis(sentence`Add routes on both sides, or, once both owners agree, delete it:`, [
      deletePeeringCommand(peering.id, regionOf(finding)),
    ]),
  }),
};

type Failed = Extract<PeeringFault, { readonly kind: 'peering-failed' }>;

/** PEER-6, PEER-7: overlap is the usual reason, and AWS does not always say so. */
function tellFailed({ peering, routes, overlaps }: Failed, finding: AuditFinding): FaultTelling {
  const pairs = overlaps.map(([one, other]) => `${formatCidr(one)} and ${formatCidr(other)}`);
  const because = pairs.length === 0 ? '' : ': the two VPCs share addresses';
  return {
    title: sentence`${namePeering(peering, regionOf(finding))}: the request failed${because}.`,
    evidence: [
      whoAsked(peering),
      ...asTold(peering),
      ...(pairs.length === 0 ? [] : [sentence`Blocks that overlap: ${formatList(pairs)}.`]),
      ...routedStill(routes, finding),
    ],
    why: nothingPasses(routes),
    fix:
      pairs.length === 0
        ? askAgain(peering, routes, finding)
        : doThis(
            sentence`VPCs that overlap cannot be peered, whichever blocks would be used: reach the service through an interface endpoint (PrivateLink) or a private NAT gateway, or renumber one VPC${routes.length > 0 ? '. Remove the routes:' : '.'}`,
            deletions(routes, finding),
          ),
  };
}

function whoAsked({ requester, accepter, status }: PeeringConnection): Sentence {
  return sentence`From ${nameSide(requester)} to ${nameSide(accepter)}; status ${code(shortName(status))}.`;
}

/** AWS's own sentences are longer than names, and end. */
const LONGEST_MESSAGE = 200;

function asTold({ statusMessage }: PeeringConnection): readonly Sentence[] {
  return statusMessage === undefined ? [] : [sentence`AWS says: ${statusMessage.slice(0, LONGEST_MESSAGE)}`];
}

function routedStill(routes: readonly Route[], finding: AuditFinding): readonly Sentence[] {
  return routes.length === 0 ? [] : [sentence`Routes name it: ${formatRoutes(routes, regionOf(finding))}`];
}

function nothingPasses(routes: readonly Route[]): Sentence {
  return routes.length === 0
    ? sentence`The two VPCs are not connected, though somebody wanted them to be.`
    : sentence`Packets that the routes attract are dropped.`;
}

function askAgain(peering: PeeringConnection, routes: readonly Route[], finding: AuditFinding): FaultTelling['fix'] {
  return doThis(
    sentence`If it is still wanted, ask again from ${accountOf(peering.requester)} and let ${accountOf(peering.accepter)} accept within seven days${routes.length > 0 ? '; the routes must then name the new connection' : ''}:`,
    [requestCommand(peering), ...deletions(routes, finding)],
  );
}

function deletions(routes: readonly Route[], finding: AuditFinding): readonly string[] {
  return routes.map((route) => deleteRouteCommand(route, regionOfObject(finding, route.tableId)));
}

function ownerOfTables({ objects }: AuditFinding): string {
  const owners = [...new Set(objects.slice(1).flatMap(({ accountId }) => accountId ?? []))];
  return owners.length === 0 ? 'the account of the route tables' : `account ${formatList(owners)}`;
}
