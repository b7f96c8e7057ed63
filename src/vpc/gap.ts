/** A fact that the snapshot or the flow logs do not hold, and why. */
export interface Gap {
  readonly fact: GapFact;
  /** The object the fact is about: an id, an address, a field name; as the reader would look it up. */
  readonly about?: string;
  readonly because:
    | 'access-denied'
    | 'not-found'
    | 'not-collected'
    | 'not-modelled'
    /** It was read, and part of it was lost, cut short or not delivered yet. */
    | 'incomplete'
    | 'malformed'
    | 'throttled'
    | 'unreachable';
  /** The IAM action that would close the gap: `ec2:DescribeSecurityGroups`. */
  readonly action?: string;
  readonly accountId?: string;
  readonly region?: string;
}

/** What may be missing. A new kind needs its sentence in `src/explain/explain-gap.ts`: the compiler asks for it. */
export type GapFact =
  | 'network-interface'
  | 'security-group'
  | 'security-group-members'
  | 'network-acl'
  | 'subnet'
  | 'vpc'
  | 'prefix-list'
  | 'peering-connection'
  | 'route-table'
  | 'internet-gateway'
  | 'nat-gateway'
  | 'vpn-gateway'
  | 'vpc-endpoint'
  | 'endpoint-traffic'
  | 'transit-gateway'
  | 'load-balancer'
  | 'target-health'
  | 'vpc-attribute'
  | 'block-public-access'
  | 'encryption-control'
  | 'flow-logs'
  | 'flow-log-records'
  | 'log-group'
  | 'private-hosted-zones'
  | 'instance'
  | 'service-interfaces'
  | 'icmp-type'
  | 'client-port'
  | 'port-25'
  | 'configuration-changes'
  | 'connection-tracking'
  | 'path';
