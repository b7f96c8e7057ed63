import type { AuditFinding } from '../audit/audit-finding.ts';
import type { EndpointFault, UnitPrice } from '../audit/endpoints/endpoint-fault.ts';
import type { Region } from '../vpc/ids.ts';
import type { VpcEndpoint } from '../vpc/vpc-endpoint.ts';
import { resource } from './console-link.ts';
import type { Block } from './document.ts';
import { ec2Command } from './ec2-command.ts';
import type { FaultTelling } from './fault-telling.ts';
import { shortName } from './phrase.ts';
import { code, joinSpans, sentence, type Part, type Sentence } from './sentence.ts';

/** What is told of each of these kinds. */
export type TellingsOf<Kind extends EndpointFault['kind']> = {
  readonly [K in Kind]: (fault: Extract<EndpointFault, { readonly kind: K }>, finding: AuditFinding) => FaultTelling;
};

export function regionOf({ objects: [first] }: AuditFinding): Region | undefined {
  return first.region;
}

/** `vpce-0d1 (sqs)`: by what it leads to, which says more than its own name. */
export function nameEndpoint({ id, serviceName, name, type }: VpcEndpoint, finding: AuditFinding): Sentence {
  const what = serviceName === undefined ? (name ?? type) : shortServiceName(serviceName);
  return sentence`${named(id, finding)} (${shortName(what)})`;
}

function shortServiceName(serviceName: string): string {
  return serviceName.replace(/^(?:cn\.)?com\.amazonaws\.(?!vpce\.)[a-z0-9-]+\./, '');
}

export function named(id: string, finding: AuditFinding): Part {
  const region = regionOf(finding);
  return region === undefined ? code(id) : resource(region, id);
}

const MOST_NAMES = 5;

/** `rtb-1, rtb-2 and 3 more`. */
export function namedAll(ids: readonly string[], finding: AuditFinding): Sentence {
  const more = ids.length - MOST_NAMES;
  const told = ids.slice(0, MOST_NAMES).map((id) => named(id, finding));
  return sentence`${joinSpans(told, ', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

export function paragraph(spans: Sentence): Block {
  return { kind: 'paragraph', spans };
}

/** What to do, and the command that does it. */
export function doThis(words: Sentence, command: string): readonly Block[] {
  return [paragraph(words), { kind: 'command', shell: command }];
}

export function modifyEndpoint(id: string, finding: AuditFinding, options: readonly string[]): string {
  return ec2Command('modify-vpc-endpoint', regionOf(finding), [['--vpc-endpoint-id', id], options]);
}

export function deleteEndpoints(ids: readonly string[], finding: AuditFinding): string {
  return ec2Command('delete-vpc-endpoints', regionOf(finding), [['--vpc-endpoint-ids', ...ids]]);
}

/** Prices change and differ: whoever reads one is told to look it up. */
export function formatPrice({ amount, currency, per }: UnitPrice): string {
  return `${amount} ${currency} per ${per}; prices differ by Region, so re-check`;
}
