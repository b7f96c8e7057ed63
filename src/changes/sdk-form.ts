/**
 * EC2 events in CloudTrail are written in two ways: `{ipRanges: {items: [{cidrIp}]}}`, with `{}` for nothing, and
 * `{ModifySecurityGroupRulesRequest: {SecurityGroupRule: {tag: 1, …}}}`, with lists of one unpacked. Here both become
 * what the API itself takes and returns, so that one parser reads what AWS describes and what it logs.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function sdkForm(value: unknown): Readonly<Record<string, unknown>> {
  const formed = form(value, 0);
  if (!isRecord(formed)) return {};
  const [[name, only] = ['', undefined], ...others] = Object.entries(formed);
  return others.length === 0 && name.endsWith('Request') && isRecord(only) ? only : formed;
}

/** Deeper than any parameter of EC2: what goes on beyond is nobody's rule. */
const DEEPEST = 12;

function form(value: unknown, depth: number): unknown {
  if (depth > DEEPEST) return undefined;
  if (Array.isArray(value)) return value.map((item) => form(item, depth + 1));
  if (!isRecord(value)) return value;
  const fields = Object.entries(value).filter(([name]) => name !== 'tag');
  if (fields.length === 0) return undefined;
  const [[name, only] = ['', undefined], ...others] = fields;
  const isWrapped = others.length === 0 && (name === 'items' || name === 'content');
  if (isWrapped) return form(only, depth + 1);
  return Object.fromEntries(fields.map(([field, held]) => [NAMES.get(field) ?? capital(field), form(held, depth + 1)]));
}

/** Where the log has a name of its own. */
const NAMES = new Map([
  ['aclProtocol', 'Protocol'],
  ['groups', 'UserIdGroupPairs'],
]);

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
