import type { FixChange, RouteChange } from '../engine/fix/fix.ts';
import { fixCommand } from '../explain/fix-commands.ts';
import { fixTerraform } from '../explain/fix-terraform.ts';
import { formatCidr } from '../net/cidr.ts';
import type { Region } from '../vpc/ids.ts';
import type { WhyRejectedAnswer } from './answer-schema.ts';

type FilterChangeJson = NonNullable<WhyRejectedAnswer['findings'][number]['fix']>['changes'][number];

/** A rule or an entry to add, and the command that adds it. */
export function filterChangeJson(change: FixChange, region: Region | undefined): FilterChangeJson {
  const { kind, direction, protocol, ports, cidr } = change;
  return {
    kind,
    ...(kind === 'add-network-acl-entry'
      ? { id: change.aclId, ruleNumber: change.ruleNumber }
      : { id: change.groupId }),
    direction,
    protocol,
    ...(ports !== undefined && { ports: { from: ports.from, to: ports.to } }),
    cidr: formatCidr(cidr),
    command: fixCommand(change, region),
    terraform: fixTerraform(change),
  };
}

export interface RouteChangeJson {
  readonly kind: RouteChange['kind'];
  readonly id: string;
  readonly cidr: string;
  readonly target: string;
  readonly command: string;
  readonly terraform: string;
}

export function routeChangeJson(change: RouteChange, region: Region | undefined): RouteChangeJson {
  const { kind, tableId, cidr, target } = change;
  return {
    kind,
    id: tableId,
    cidr: formatCidr(cidr),
    target: target.id,
    command: fixCommand(change, region),
    terraform: fixTerraform(change),
  };
}
