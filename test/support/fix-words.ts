import type { PathChange } from '../../src/engine/fix/fix.ts';
import { formatCidr } from '../../src/net/cidr.ts';

/** Changes in short: `acl ingress 100 6 443-443 10.0.1.20/32`, `route 10.1.1.0/24 peering`. */
export function inWords(fix: { readonly changes: readonly PathChange[] } | undefined): readonly string[] | undefined {
  return fix?.changes.map((change) => {
    if (change.kind === 'add-route') return `route ${formatCidr(change.cidr)} ${change.target.kind}`;
    const number =
      change.kind === 'add-network-acl-entry'
        ? `acl ${change.direction} ${change.ruleNumber}`
        : `sg ${change.direction}`;
    const ports = change.ports === undefined ? 'all' : `${change.ports.from}-${change.ports.to}`;
    return `${number} ${change.protocol} ${ports} ${formatCidr(change.cidr)}`;
  });
}
