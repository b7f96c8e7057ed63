import type { AuditFinding } from '../audit/audit-finding.ts';
import type { BlockPair, DnsNeed, PeeringFault, StopKind } from '../audit/peering/peering-fault.ts';
import { formatCidr } from '../net/cidr.ts';
import { CLIENT_PORTS } from '../net/port-range.ts';
import { TCP } from '../net/protocol.ts';
import { IMPLICIT_DENY } from '../vpc/network-acl.ts';
import { resource } from './console-link.ts';
import type { Block } from './document.ts';
import { explainRule, entryName } from './explain-rule.ts';
import { fixCommand } from './fix-commands.ts';
import type { FaultTelling } from './fault-telling.ts';
import { allowDnsCommand, deletePeeringCommand, revokeCommands, vpcDnsCommand } from './peering-commands.ts';
import { count, formatList, shortName } from './phrase.ts';
import { code, joinSpans, sentence, strong, type Sentence } from './sentence.ts';
import { accountOf, doThis, formatBlocks, namePeering, nameSide, regionOf, type TellingsOf } from './tell-peering.ts';

type Kind =
  | 'peering-blocks-overlap'
  | 'peers-overlap'
  | 'group-reference-lost'
  | 'peering-dns-resolution-off'
  | 'peering-dns-without-vpc-dns'
  | 'peering-acl-stops-answers';

/** What keeps apart VPCs that are connected and routed. */
export const tellFilters: TellingsOf<Kind> = {
  'peering-blocks-overlap': ({ peering, overlaps }, finding) => ({
    title: sentence`${namePeering(peering, regionOf(finding))}: the two VPCs share addresses (${formatPairs(overlaps)}), so they cannot be peered.`,
    evidence: [
      sentence`From ${nameSide(peering.requester)} to ${nameSide(peering.accepter)}; status ${code(shortName(peering.status))}.`,
    ],
    why: sentence`A request between VPCs that overlap fails, secondary and IPv6 blocks included, whichever addresses would be used.`,
    fix: doThis(
      sentence`Reach the service through an interface endpoint (PrivateLink) or a private NAT gateway, or renumber one VPC. Then withdraw the request in ${accountOf(peering.requester)}:`,
      [deletePeeringCommand(peering.id, peering.requester.region)],
    ),
  }),
  'peers-overlap': (fault, finding) => tellOverlappingPeers(fault, finding),
  'group-reference-lost': (fault, finding) => tellLostReference(fault, finding),
  'peering-dns-resolution-off': ({ peering, side, role, needs }, finding) => ({
    title: sentence`${namePeering(peering, regionOf(finding))}: names of ${nameSide(side)} do not resolve to private addresses from its peer.`,
    evidence: [
      sentence`${code('AllowDnsResolutionFromRemoteVpc')} is off for the ${role}.`,
      sentence`It is needed because ${formatList(needs.map((need) => NEEDS[need]))}.`,
    ],
    why: sentence`Clients in the peer VPC may get public addresses and leave the connection for the internet, where group rules do not match them.`,
    fix: doThis(sentence`In ${accountOf(side)}; each owner sets its own side:`, [
      allowDnsCommand({ id: peering.id, role, region: side.region }),
    ]),
  }),
  'peering-dns-without-vpc-dns': ({ peering, side, missing }, finding) => ({
    title: sentence`${namePeering(peering, regionOf(finding))}: DNS resolution is allowed, but ${nameSide(side)} has DNS ${formatList(missing)} turned off.`,
    evidence: [
      sentence`Off in the VPC: ${joinSpans(
        missing.map((attribute) => code(DNS_ATTRIBUTES[attribute])),
        ', ',
      )}.`,
    ],
    why: sentence`Both VPCs need both DNS attributes, or the option of the connection does nothing.`,
    fix: doThis(
      sentence`In ${accountOf(side)}:`,
      missing.map((attribute) => vpcDnsCommand(side.vpcId, attribute, side.region)),
    ),
  }),
  'peering-acl-stops-answers': (fault, finding) => tellStoppedAnswers(fault, finding),
};

type OverlappingPeers = Extract<PeeringFault, { readonly kind: 'peers-overlap' }>;

function tellOverlappingPeers(
  { vpcId, peerings, overlaps, routedBy }: OverlappingPeers,
  finding: AuditFinding,
): FaultTelling {
  const region = regionOf(finding);
  const [one, other] = peerings.map((peering) => namePeering(peering, region));
  const areApart = finding.severity === 'low';
  return {
    title: sentence`${resource(region, vpcId)}: two of its peers share addresses (${formatPairs(overlaps)}), so answers may go to the wrong one.`,
    evidence: [
      sentence`The connections are ${one ?? ''} and ${other ?? ''}.`,
      ...(routedBy.length === 0
        ? []
        : [
            sentence`Routes of this VPC to shared addresses use ${joinSpans(
              routedBy.map((id) => resource(region, id)),
              ' and ',
            )}.`,
          ]),
      ...(areApart ? [sentence`The routes are for different parts, so this may be meant so.`] : []),
    ],
    why: sentence`Nothing checks where a request came from: its answer follows the most specific route, whoever asked.`,
    fix: doThis(
      sentence`In ${accountOf(finding.objects[0])}, route to each peer only the blocks or hosts that are its own, and leave no route that covers both.`,
      [],
    ),
  };
}

function formatPairs(pairs: readonly BlockPair[]): string {
  return formatList(pairs.map(([one, other]) => `${formatCidr(one)} and ${formatCidr(other)}`));
}

type LostReference = Extract<PeeringFault, { readonly kind: 'group-reference-lost' }>;

function tellLostReference(fault: LostReference, finding: AuditFinding): FaultTelling {
  const { groupId, referencedId, because, rules } = fault;
  const [own] = finding.objects;
  const region = regionOf(finding);
  return {
    title: sentence`${resource(region, groupId)}${own.name === undefined ? '' : ` (${shortName(own.name)})`}: ${count(rules.length, 'rule')} ${rules.length === 1 ? 'refers' : 'refer'} to ${resource(region, referencedId)} and ${rules.length === 1 ? 'matches' : 'match'} nothing, because ${LOST[because]}.`,
    evidence: [
      ...rules.slice(0, MOST_RULES).map((rule) => sentence`${explainRule(rule, own)}.`),
      ...statusOf(fault, finding),
    ],
    why: sentence`Such a rule stays until somebody removes it. What it was meant to allow is refused, unless another rule allows it.`,
    fix: doThis(sentence`In ${accountOf(own)}, ${INSTEAD[because]}:`, revokeCommands(rules, region)),
  };
}

const MOST_RULES = 3;

function statusOf({ peeringId, peeringStatus }: LostReference, finding: AuditFinding): readonly Sentence[] {
  if (peeringId === undefined || peeringStatus === undefined) return [];
  return [sentence`The connection ${resource(regionOf(finding), peeringId)} is ${code(shortName(peeringStatus))}.`];
}

const LOST: Readonly<Record<LostReference['because'], string>> = {
  'group-deleted': 'that group was deleted',
  'peering-not-active': 'no active peering connection leads to its VPC',
  'other-region': 'it is in another region',
};

const INSTEAD: Readonly<Record<LostReference['because'], string>> = {
  'group-deleted': 'remove it, or refer to the group that took its place',
  'peering-not-active': 'remove it; it works again if the VPCs are peered anew',
  'other-region': "allow the peer's address blocks instead, then remove it",
};

const NEEDS: Readonly<Record<DnsNeed, string>> = {
  'other-region': 'the two VPCs are in different regions',
  'block-outside-rfc-1918': 'the VPC has addresses outside the private ranges of RFC 1918',
  'public-addresses': 'instances there have public addresses, which their names resolve to',
};

const DNS_ATTRIBUTES = { support: 'enableDnsSupport', hostnames: 'enableDnsHostnames' } as const;

type StoppedAnswers = Extract<PeeringFault, { readonly kind: 'peering-acl-stops-answers' }>;

function tellStoppedAnswers(fault: StoppedAnswers, finding: AuditFinding): FaultTelling {
  const { peering, side, aclId, subnets, stops, blocks, entry } = fault;
  const { region } = side;
  return {
    title: sentence`${resource(region, aclId)}: ${entryName(entry)} stops ${STOPPED[stops]} ${formatBlocks(blocks)} over ${namePeering(peering, regionOf(finding))}.`,
    evidence: [
      sentence`The ACL's ${explainRule(entry, side)}.`,
      sentence`It guards ${count(subnets.length, 'subnet')} of ${nameSide(side)} with routes to the connection: ${joinSpans(
        subnets.slice(0, MOST_RULES).map((id) => resource(region, id)),
        ', ',
      )}${subnets.length > MOST_RULES ? ', …' : ''}.`,
    ],
    why: WHY_STOPPED[stops],
    fix: openAcl(fault),
  };
}

const STOPPED: Readonly<Record<StopKind, string>> = {
  everything: 'all TCP traffic with',
  'answers-to-peer': 'TCP answers to',
  'answers-from-peer': 'TCP answers from',
};

const WHY_STOPPED: Readonly<Record<StopKind, Sentence>> = {
  everything: sentence`The subnets are routed to the peer, and no connection can be made in either direction.`,
  'answers-to-peer': sentence`Requests of the peer come in, but ACLs keep no state: the answers to its clients' ports (1024-65535) are dropped.`,
  'answers-from-peer': sentence`Requests to the peer go out, but ACLs keep no state: the answers to our clients' ports (1024-65535) are dropped. If these subnets hold servers only, it may be meant so.`,
};

/** A numbered deny was written by somebody. Where everything is denied nobody knows what ought to pass. */
function openAcl({
  stops,
  aclId,
  side,
  blocks: [cidr, ...more],
  entry,
  freeRuleNumber,
}: StoppedAnswers): readonly Block[] {
  const ask =
    entry.ruleNumber < IMPLICIT_DENY
      ? sentence`${strong('Ask first:')} somebody wrote rule ${entry.ruleNumber} to deny this. `
      : [];
  if (stops === 'everything' || freeRuleNumber === undefined || side.region === undefined) {
    return doThis(
      sentence`${ask}In ${accountOf(side)}, allow the ports that must pass both ways, or take these subnets' route to the peer away.`,
      [],
    );
  }
  const change = {
    kind: 'add-network-acl-entry',
    aclId,
    direction: entry.direction,
    ruleNumber: freeRuleNumber,
    protocol: TCP,
    ports: CLIENT_PORTS,
    cidr,
  } as const;
  const others = more.length === 0 ? '' : ` The same for ${formatBlocks(more)}.`;
  return doThis(sentence`${ask}In ${accountOf(side)}, let the answers through.${others}`, [
    fixCommand(change, side.region),
  ]);
}
