import type { Blocker, Finding } from '../engine/finding.ts';
import type { FilterBlocker } from '../engine/filter-blocker.ts';
import { blockerAct } from '../explain/explain-blocker.ts';
import { remoteName, targetName } from '../explain/explain-flow.ts';
import { obstructionClause, obstructionName } from '../explain/explain-obstruction.ts';
import { tallyOf } from '../explain/finding-tallies.ts';
import { plainSpan } from '../explain/plain-text.ts';
import { DIRECTION_WORD, count } from '../explain/phrase.ts';
import type { Telling } from '../explain/telling.ts';
import { opposite, type Direction } from '../net/direction.ts';
import type { HopPicture, HopState } from './answer-picture.ts';
import { drawnHop, withEndReached } from './drawn-hop.ts';

type Leg = Finding['flow']['leg'];
type FilterKind = 'network-acl' | 'security-group';

/**
 * One leg of the first finding's flow as the interface sees it: its filters in the order that packets meet them
 * (DEC-5), and whatever else the finding blames. A leg that nothing is known of has no hops.
 */
export function legOfFlow(telling: Telling, leg: Leg): readonly HopPicture[] {
  const { flow } = telling.finding;
  const direction = leg === flow.leg ? flow.direction : opposite(flow.direction);
  const further = furtherOn(telling, leg);
  if (leg === 'return' && flow.leg === 'forward' && further.length === 0) return [];
  const [here, there] = [interfaceEnd(telling), remoteEnd(telling)];
  const own = ORDER[direction].map((kind) => filterHop(telling, kind, leg));
  const between = direction === 'ingress' ? [there, ...further, ...own, here] : [here, ...own, ...further, there];
  return withEndReached(between);
}

const ORDER: Readonly<Record<Direction, readonly FilterKind[]>> = {
  ingress: ['network-acl', 'security-group'],
  egress: ['security-group', 'network-acl'],
};

function interfaceEnd({ diagnosis }: Telling): HopPicture {
  const name = plainSpan(targetName(diagnosis));
  const { id } = diagnosis.target;
  return drawnHop('end', name, name === id ? 'network interface' : `network interface ${id}`);
}

function remoteEnd({ finding }: Telling): HopPicture {
  return drawnHop('end', remoteName(finding));
}

function filterHop(telling: Telling, kind: FilterKind, leg: Leg): HopPicture {
  const { finding } = telling;
  const isFlowsOwn = leg === finding.flow.leg;
  const blocker = isFlowsOwn ? finding.blockedBy.find((each) => isOwnFilter(each, finding, kind)) : undefined;
  if (blocker !== undefined && blocker.kind !== 'path') {
    return drawnHop('blocked', filterName(telling, kind, blocker), blockerAct(blocker));
  }
  const [state, detail] = isFlowsOwn ? byRules(finding, kind) : byRecords(finding);
  return drawnHop(state, filterName(telling, kind), detail);
}

/** A filter of this interface in the flow's direction; a finding may also blame those of the far end (T-35). */
function isOwnFilter(blocker: Blocker, { filters, flow }: Finding, kind: FilterKind): boolean {
  if (blocker.kind !== kind || blocker.direction !== flow.direction) return false;
  const answer = kind === 'network-acl' ? filters?.networkAcl : filters?.securityGroups;
  return answer === undefined || answer === 'deny';
}

type Said = readonly [state: HopState, detail: string];

const UNTOLD: Said = ['unknown', 'cannot be told'];

function byRules(finding: Finding, kind: FilterKind): Said {
  const { filters, flow } = finding;
  if (kind === 'security-group' && flow.leg === 'return') return byMemory(finding);
  const answer = kind === 'network-acl' ? filters?.networkAcl : filters?.securityGroups;
  if (answer === 'not-consulted') return ['passed', 'not consulted within one subnet'];
  return answer === 'allow' ? ['passed', `today's ${DIRECTION_WORD[flow.direction]} rules allow it`] : UNTOLD;
}

/**
 * What groups admitted they let answer, whatever their rules say (CT-1); but where nothing else is to blame they may have
 * forgotten the connection (CT-11).
 */
function byMemory({ verdict }: Finding): Said {
  return verdict === 'blocked'
    ? ['passed', 'answers pass: groups remember the request']
    : ['unknown', 'answers pass while the request is remembered'];
}

/** The other leg was not judged by rules: an ACCEPT shows that both filters let it through. */
function byRecords(finding: Finding): Said {
  const accepted = tallyOf(finding, opposite(finding.flow.direction), 'accepted');
  return accepted === undefined ? UNTOLD : ['passed', 'an ACCEPT is on record'];
}

function filterName({ diagnosis, finding }: Telling, kind: FilterKind, blocker?: FilterBlocker): string {
  const { groups, subnetId } = diagnosis.target.interface;
  if (kind === 'network-acl') {
    const id = blocker?.kind === 'network-acl' ? blocker.id : undefined;
    if (id !== undefined) return `network ACL ${id}`;
    return subnetId === undefined ? 'network ACL' : `network ACL of ${subnetId}`;
  }
  const [only, ...others] = groups;
  if (finding.reasons.some((reason) => reason.kind === 'no-security-groups') || only === undefined) {
    return 'no security groups';
  }
  return others.length === 0 ? `security group ${only}` : count(groups.length, 'security group');
}

/** What a finding blames beside the interface's own filters: between it and the other end, nearest to the sender first. */
function furtherOn(telling: Telling, leg: Leg): readonly HopPicture[] {
  const { finding, diagnosis } = telling;
  return finding.blockedBy
    .filter((blocker) => !KINDS.some((kind) => isOwnFilter(blocker, finding, kind)))
    .filter((blocker) => legOf(blocker, finding) === leg)
    .map((blocker) =>
      drawnHop('blocked', obstructionName(blocker, diagnosis.target, telling), obstructionClause(blocker, telling)),
    );
}

const KINDS: readonly FilterKind[] = ['network-acl', 'security-group'];

/** The way was followed as the flow goes; a filter of the far end stops the answer on its arrival. */
function legOf(blocker: Blocker, { flow }: Finding): Leg {
  const other: Leg = flow.leg === 'forward' ? 'return' : 'forward';
  if (blocker.kind === 'path') return blocker.obstacle.leg === 'forward' ? flow.leg : other;
  return blocker.kind === 'network-acl' || blocker.kind === 'security-group' ? other : flow.leg;
}
