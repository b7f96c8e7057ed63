import { code, joinSpans, sentence, type Sentence } from './sentence.ts';

/** What each field would have told; fields that tell the same are named together (FLOW-110). */
export function explainFieldUses(fields: readonly string[]): readonly Sentence[] {
  const uses = new Map<string, string[]>();
  for (const field of fields) {
    const use = FIELD_USES.get(field) ?? 'more about the packets';
    uses.set(use, [...(uses.get(use) ?? []), field]);
  }
  return [...uses].map(([use, those]) => sentence`${joinSpans(those.map(code), ', ')}: ${use}.`);
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html */
const FIELD_USES = new Map([
  ['tcp-flags', 'who opened a connection, and whether it was answered'],
  ['pkt-srcaddr', 'the real ends of traffic through a NAT gateway or another middlebox'],
  ['pkt-dstaddr', 'the real ends of traffic through a NAT gateway or another middlebox'],
  ['flow-direction', 'which way a packet went'],
  ['reject-reason', 'rejects by VPC Block Public Access and Encryption Controls'],
  ['traffic-path', 'by which gateway a packet left the VPC'],
  ['pkt-src-aws-service', 'traffic of AWS services, such as S3 through a NAT gateway'],
  ['pkt-dst-aws-service', 'traffic of AWS services, such as S3 through a NAT gateway'],
  ['vpc-id', 'where the interface stood, even when it is gone'],
  ['subnet-id', 'where the interface stood, even when it is gone'],
  ['instance-id', 'where the interface stood, even when it is gone'],
  ['az-id', 'where the interface stood, even when it is gone'],
  ['type', 'whether it was IPv4 or IPv6'],
  ['resource-id', 'what the record is about, where it is no interface'],
  ['action', 'whether a packet was accepted or rejected at all'],
  ['log-status', 'whether AWS lost records'],
  ['interface-id', 'on which interface it happened'],
  ['srcaddr', 'who talked to whom'],
  ['dstaddr', 'who talked to whom'],
  ['srcport', 'on which ports and with which protocol'],
  ['dstport', 'on which ports and with which protocol'],
  ['protocol', 'on which ports and with which protocol'],
  ['packets', 'how much traffic it was'],
  ['bytes', 'how much traffic it was'],
  ['start', 'when it happened'],
  ['end', 'when it happened'],
]);
