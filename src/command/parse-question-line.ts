import * as z from 'zod';
import { parseAddress } from '../net/address.ts';
import { parseProtocol } from '../net/protocol.ts';
import { parseInstanceId, parseNetworkInterfaceId } from '../vpc/ids.ts';
import { textOf } from '../vpc/parse/fields.ts';
import { present } from '../vpc/parse/present.ts';
import { checkPath } from './check-path.ts';
import type { AskedEnd, AskedPath } from './command.ts';
import { notUnderstood } from './not-understood.ts';
import { parseGatewayId, parsePathEnd, PATH_ENDS } from './path-end.ts';

/** A line of `--questions`: a JSON object. Throws `ExpectedError` (`not-understood`) that names the wrong member. */
export function parseQuestionLine(line: string): AskedPath {
  const result = Line.safeParse(readJson(line));
  if (!result.success) throw wrongMember(result.error.issues[0]?.path ?? []);
  const { from, to, protocol, srcPort, dstPort, icmpType, icmpCode = 0 } = result.data;
  const icmp = icmpType === undefined ? undefined : { type: icmpType, code: icmpCode };
  return checkPath({ from, to, protocol, ...present({ sourcePort: srcPort, destinationPort: dstPort, icmp }) });
}

/** The id of a line, echoed back so that answers find their questions; the line may be wrong in all else. */
export function questionIdIn(line: string): string | undefined {
  try {
    return z.object({ id: z.string().max(LONGEST_ID) }).safeParse(readJson(line)).data?.id;
  } catch {
    return undefined;
  }
}

const LONGEST_LINE = 10_000;
const LONGEST_ID = 200;

function readJson(line: string): unknown {
  if (line.length > LONGEST_LINE) throw notUnderstood(line, `a line of at most ${LONGEST_LINE} characters`);
  try {
    return JSON.parse(line);
  } catch {
    throw notUnderstood(line, EXPECTED_LINE);
  }
}

const EXPECTED_LINE = 'a JSON object with from, to and protocol on one line';

const port = z.int().min(0).max(65_535).optional();
const octet = z.int().min(0).max(255).optional();

const End: z.ZodType<AskedEnd> = z.union([
  textOf(parsePathEnd),
  z.object({ eni: textOf(parseNetworkInterfaceId) }).transform(({ eni: id }) => ({ kind: 'interface' as const, id })),
  z.object({ instance: textOf(parseInstanceId) }).transform(({ instance: id }) => ({ kind: 'instance' as const, id })),
  z
    .object({ ip: textOf(parseAddress), via: textOf(parseGatewayId).optional() })
    .transform(({ ip: address, via }) => ({ kind: 'address' as const, address, ...present({ via }) })),
]);

/** What else a recorded case holds is left alone. */
const Line = z.object({
  from: End,
  to: End,
  protocol: textOf(parseProtocol),
  srcPort: port,
  dstPort: port,
  icmpType: octet,
  icmpCode: octet,
});

function wrongMember(path: readonly PropertyKey[]): Error {
  const [member] = path;
  return notUnderstood(path.map(String).join('.'), EXPECTED.get(member ?? '') ?? EXPECTED_LINE);
}

const END = `{"eni": …}, {"instance": …} or {"ip": …, "via": …}, or as a string ${PATH_ENDS}`;

const EXPECTED = new Map<PropertyKey, string>([
  ['from', END],
  ['to', END],
  ['protocol', '"tcp", "udp", "icmp", "icmpv6" or a protocol number as a string'],
  ['srcPort', 'a port from 0 to 65535'],
  ['dstPort', 'a port from 0 to 65535'],
  ['icmpType', 'a number from 0 to 255'],
  ['icmpCode', 'a number from 0 to 255'],
]);
