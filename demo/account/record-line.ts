import { ACCOUNT_ID, REGION } from './ids.ts';

/** The default format (FLOW-41). */
export const DEFAULT_FORMAT = templateOf(
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status',
);

/** What a diagnosis wants to know (FLOW-110). */
export const RICH_FORMAT =
  `${DEFAULT_FORMAT} ` +
  templateOf(
    'vpc-id subnet-id instance-id tcp-flags type pkt-srcaddr pkt-dstaddr region az-id flow-direction traffic-path reject-reason',
  );

function templateOf(fields: string): string {
  return fields
    .split(' ')
    .map((field) => `\${${field}}`)
    .join(' ');
}

/** Fields of one record, by AWS's names; what is absent is written `-`. */
export interface RecordFields {
  readonly [field: string]: string | number | undefined;
  readonly start: number;
  readonly end: number;
}

/** One record as a flow log of this format delivers it. */
export function recordLine(format: string, fields: RecordFields): string {
  const version = format.includes('${reject-reason}') ? 8 : 2;
  const all: Readonly<Record<string, string | number | undefined>> = {
    version,
    'account-id': ACCOUNT_ID,
    region: REGION,
    'az-id': 'euw1-az1',
    'log-status': 'OK',
    ...fields,
  };
  return format.replace(/\$\{([\w-]+)\}/g, (_whole, field: string) => String(all[field] ?? '-'));
}

/** The header that begins a text file in S3 (FLOW-97). */
export function headerLine(format: string): string {
  return format.replace(/\$\{([\w-]+)\}/g, '$1');
}
