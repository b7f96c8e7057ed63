import * as z from 'zod';
import type { Expectation, ExpectedEnd, MeantEnd } from '../audit/expectations/expectation.ts';
import { parsePathEnd, PATH_ENDS } from '../command/path-end.ts';
import { hasPorts, parseProtocol, TCP } from '../net/protocol.ts';
import { parseSecurityGroupId, parseSubnetId } from '../vpc/ids.ts';
import { parseYaml } from './parse-yaml.ts';

/**
 * Reads the YAML text in which people write what must be reachable and what must not. Throws `ConfigurationError` that
 * names each line and what was expected.
 */
export function parseExpectations(text: string, file: string): readonly Expectation[] {
  const { 'must reach': wanted, 'must not reach': unwanted } = parseYaml({ text, file }, Expectations);
  return [
    ...wanted.map((line): Expectation => Object.assign({ must: 'reach' } as const, line)),
    ...unwanted.map((line): Expectation => Object.assign({ must: 'not-reach' } as const, line)),
  ];
}

const ENDS = `${PATH_ENDS}, a subnet (subnet-…), a security group (sg-…), a tag (tag:Key=value), or the name of an instance or interface`;

const end = z
  .string(`expected ${ENDS}`)
  .trim()
  // Without `abort` the checks of the line would see the bare text.
  .min(1, { error: `expected ${ENDS}`, abort: true })
  .max(256, { error: 'expected at most 256 characters', abort: true })
  .transform((written): ExpectedEnd => ({ written, meant: meaningOf(written) }));

const protocol = z.union([z.string(), z.number()]).transform((written, context) => {
  const parsed = parseProtocol(String(written));
  if (parsed !== undefined) return parsed;
  context.addIssue({ code: 'custom', message: 'expected a protocol such as tcp, udp, icmp or a number to 255' });
  return z.NEVER;
});

const Line = z
  .strictObject({
    name: z.string().trim().min(1).max(200).optional(),
    from: end,
    to: end,
    protocol: protocol.default(TCP),
    port: z.number('expected a port from 0 to 65535').int().min(0).max(65_535).optional(),
  })
  .refine((line) => line.port === undefined || hasPorts(line.protocol), {
    path: ['port'],
    error: 'expected no port: only tcp and udp have ports',
  })
  .refine(({ from, to }) => from.written !== to.written, { path: ['to'], error: 'expected another end than from' })
  .refine(({ from }) => !isService(from.meant), {
    path: ['from'],
    error: 'expected an end that opens connections: services do not',
  })
  .transform(({ name, port, ...line }) => ({
    ...line,
    ...(name !== undefined && { name }),
    ...(port !== undefined && { port }),
  }));

const MOST_LINES = 1_000;
const lines = z.array(Line).max(MOST_LINES).default([]);
const Expectations = z.strictObject({ 'must reach': lines, 'must not reach': lines });

function meaningOf(written: string): MeantEnd {
  const pathEnd = parsePathEnd(written);
  if (pathEnd?.kind === 'named-service') return pathEnd;
  if (pathEnd !== undefined) return { kind: 'path-end', end: pathEnd };
  return groupOf(written) ?? { kind: 'name', name: written };
}

/** What stands for several interfaces. */
function groupOf(written: string): MeantEnd | undefined {
  const subnet = parseSubnetId(written);
  if (subnet !== undefined) return { kind: 'subnet', id: subnet };
  const group = parseSecurityGroupId(written);
  if (group !== undefined) return { kind: 'security-group', id: group };
  const { key, value } = TAG.exec(written)?.groups ?? {};
  return key === undefined || value === undefined ? undefined : { kind: 'tag', key, value };
}

const TAG = /^tag:(?<key>[^=]{1,128})=(?<value>.{1,256})$/;

function isService(meant: MeantEnd): boolean {
  return meant.kind === 'named-service' || (meant.kind === 'path-end' && meant.end.kind === 'service');
}
