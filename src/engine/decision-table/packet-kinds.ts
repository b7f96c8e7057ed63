import { ICMP, TCP } from '../../net/protocol.ts';
import { inferred, undetermined } from './conclude.ts';
import { circumstances } from './circumstances.ts';
import { deniedToday, obstacles } from './denied.ts';
import * as is from './flow-predicates.ts';
import { unlessSettled } from './ingress-rejects.ts';
import { evaluateInterface } from '../evaluate-interface.ts';
import { rulesForOtherFamily } from './near-rules.ts';
import type { Conclusion, FlowRow } from './row.ts';
import type { FlowSituation } from './situation.ts';

const rejectedRequest = [is.rejected, is.ingress, is.forward] as const;
const someFilterDenies = is.either(is.groupsDeny, is.aclDenies);

/** Rejects that are told apart by the kind of packet: ICMP, IPv6, protocols without ports. */
export const PACKET_KINDS: readonly FlowRow[] = [
  {
    id: 'T-18',
    about: 'flow',
    title: 'ICMP meets rules for certain types, and records do not tell the type',
    when: [is.rejected, is.icmp, ({ answers }) => answers.gaps.some(({ fact }) => fact === 'icmp-type')],
    conclude: (situation) => {
      const conclusion = unlessSettled(situation);
      return { ...conclusion, reasons: [...conclusion.reasons, { kind: 'icmp-type-not-logged' }] };
    },
  },
  {
    id: 'T-19',
    about: 'flow',
    title: 'ICMP is rejected beside an open TCP connection: "packet too big" may not be coming through',
    when: [is.rejected, is.ingress, is.icmp, aclDeniesPacketTooBig, besideTcpTransfer],
    conclude: packetTooBigLost,
  },
  {
    id: 'T-21',
    about: 'flow',
    title: 'An IPv6 packet, while only IPv4 is let in',
    when: [...rejectedRequest, is.ipv6, someFilterDenies, (situation) => rulesForOtherFamily(situation).length > 0],
    conclude: (situation) =>
      deniedToday(situation, {
        reasons: rulesForOtherFamily(situation).map((rule) => ({ kind: 'other-family-rule', rule }) as const),
      }),
  },
  {
    id: 'T-68',
    about: 'flow',
    title: 'A protocol without ports that no rule names: only its number, or all protocols, lets it in',
    when: [...rejectedRequest, is.neitherPortsNorIcmp, someFilterDenies],
    conclude: deniedToday,
  },
];

/** ICMP type 3 code 4, ICMPv6 type 2: a router tells the sender that its packets are too big (NACL-21). */
function aclDeniesPacketTooBig({ scene, flow, answers }: FlowSituation): boolean {
  const icmp = flow.protocol === ICMP ? { type: 3, code: 4 } : { type: 2, code: 0 };
  const decision = evaluateInterface(scene.filters, flow.direction, { ...answers.packet, icmp });
  return decision.networkAcl.kind === 'denied';
}

/** A TCP connection that was accepted both ways in the minute around the rejects. */
function besideTcpTransfer({ scene, rejected }: FlowSituation): boolean {
  if (rejected === undefined) return false;
  return scene.observations.groups.some(({ protocol, ingress, egress }) => {
    if (protocol !== TCP || ingress.accepted === undefined || egress.accepted === undefined) return false;
    const start = Math.min(ingress.accepted.firstSeen, egress.accepted.firstSeen);
    const end = Math.max(ingress.accepted.lastSeen, egress.accepted.lastSeen);
    return start <= rejected.lastSeen + 60 && end >= rejected.firstSeen - 60;
  });
}

/** Which type it was is not in the record (FLOW-81): likely at most. */
function packetTooBigLost(situation: FlowSituation): Conclusion {
  const reasons = [{ kind: 'icmp-type-not-logged' } as const, inferred('FLOW-81', 'NACL-21')];
  if (obstacles(situation).some(({ kind }) => kind === 'network-acl')) return deniedToday(situation, { reasons });
  return undetermined({ reasons: [...circumstances(situation), ...reasons], gaps: situation.answers.gaps });
}
