/**
 * The items of an answer's member in the form of a snapshot file: JSON, dates as ISO 8601 text, without secrets. Most
 * members are lists; the account's Block Public Access options are one object.
 */
export function rawItems(output: object, member: string): readonly unknown[] {
  const value: unknown = Reflect.get(output, member);
  if (value === undefined || value === null) return [];
  const items: unknown = JSON.parse(JSON.stringify(Array.isArray(value) ? value : [value], withoutSecrets));
  return Array.isArray(items) ? items : [];
}

/** A text of an answer; empty ones tell nothing. */
export function textIn(output: object, member: string): string | undefined {
  const value: unknown = Reflect.get(output, member);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function withoutSecrets(field: string, value: unknown): unknown {
  return SECRETS.has(field) ? undefined : value;
}

/**
 * The keys of VPN tunnels, once by themselves and once inside the configuration for the router at the other end.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpnConnection.html
 * The client secret of a listener that signs people in.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AuthenticateOidcActionConfig.html
 */
const SECRETS = new Set(['CustomerGatewayConfiguration', 'PreSharedKey', 'ClientSecret']);
