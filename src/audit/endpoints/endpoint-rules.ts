import type { AuditRule } from '../audit-rule.ts';
import { findClosedEgress } from './find-closed-egress.ts';
import { findHiddenGateways, findPrivateDnsOff, findVpcDnsOff } from './find-dns-faults.ts';
import { findHopesOnPeers, findUnencryptedPorts } from './find-misplaced-hopes.ts';
import { findDenyingPolicies, findOpenPolicies } from './find-policy-faults.ts';
import { findRefusingAcls } from './find-refusing-acls.ts';
import { findRefusingGroups } from './find-refusing-groups.ts';
import { findMissingGateways, findUnassociatedTables } from './find-services-through-nat.ts';
import { findSingleZone } from './find-single-zone.ts';
import { findIdleEndpoints, unseenEndpoints } from './find-idle-endpoints.ts';
import { findDuplicates } from './find-spare-endpoints.ts';
import { findUnavailableEndpoints } from './find-unavailable-endpoints.ts';

const family = 'endpoints';
const endpoints = ['Vpcs', 'VpcEndpoints'] as const;
const routes = [...endpoints, 'Subnets', 'RouteTables'] as const;
const clients = [...endpoints, 'Subnets', 'NetworkInterfaces'] as const;

export const ENDPOINT_RULES: readonly AuditRule[] = [
  { kind: 'endpoint-not-available', family, needs: endpoints, check: findUnavailableEndpoints },
  { kind: 'gateway-endpoint-missing', family, needs: [...routes, 'NatGateways'], check: findMissingGateways },
  { kind: 'gateway-endpoint-not-associated', family, needs: [...routes, 'NatGateways'], check: findUnassociatedTables },
  { kind: 'endpoint-groups-refuse', family, needs: [...clients, 'SecurityGroups'], check: findRefusingGroups },
  { kind: 'endpoint-acl-refuses', family, needs: [...clients, 'RouteTables', 'NetworkAcls'], check: findRefusingAcls },
  { kind: 'endpoint-private-dns-off', family, needs: endpoints, check: findPrivateDnsOff },
  { kind: 'endpoint-vpc-dns-off', family, needs: endpoints, check: findVpcDnsOff },
  { kind: 'endpoint-hides-gateway', family, needs: endpoints, check: findHiddenGateways },
  { kind: 'endpoint-one-zone', family, needs: clients, check: findSingleZone },
  { kind: 'endpoint-policy-denies-all', family, needs: endpoints, check: findDenyingPolicies },
  { kind: 'endpoint-policy-open', family, needs: endpoints, check: findOpenPolicies },
  { kind: 'endpoint-duplicate', family, needs: endpoints, check: findDuplicates },
  {
    kind: 'endpoint-without-traffic',
    family,
    needs: endpoints,
    restsOn: 'endpoint-traffic',
    check: findIdleEndpoints,
    gaps: unseenEndpoints,
  },
  {
    kind: 'endpoint-egress-closed',
    family,
    needs: [...clients, 'RouteTables', 'SecurityGroups', 'PrefixLists'],
    check: findClosedEgress,
  },
  { kind: 'endpoint-expected-by-peer', family, needs: ['Vpcs', 'RouteTables', 'PrefixLists'], check: findHopesOnPeers },
  { kind: 'endpoint-port-not-encrypted', family, needs: endpoints, check: findUnencryptedPorts },
];
