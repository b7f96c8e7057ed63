import type { AuditFinding, AuditReport } from '../../src/audit/audit-finding.ts';
import type { AuditFault } from '../../src/audit/audit-fault.ts';
import { auditSnapshot } from '../../src/audit/audit-snapshot.ts';
import { buildVpc, buildWorld, type VpcBuilder } from './build-vpc.ts';
import { route, viaPeering, type RoutePlan } from './routes.ts';
import { PEER_ACCOUNT, type PeeringPlan } from './vpc-plan.ts';

/** Noon of 23 November 2026, when the snapshots of the builders were taken. */
export const NOON = 1_795_435_200;

/** `main` (10.0.0.0/16) asks `shared` (10.8.0.0/16) in another account; one routed subnet each, `app` and `ledger`. */
export function requester(routes = [toShared()], peering: Partial<PeeringPlan> = {}): VpcBuilder {
  return buildVpc()
    .cidr('10.0.0.0/16')
    .subnet('app', '10.0.1.0/24')
    .routeTable('app', routes)
    .peering('shared', { cidrs: ['10.8.0.0/16'], ...peering });
}

export function accepter(routes = [toMain()]): VpcBuilder {
  return buildVpc('shared', { account: PEER_ACCOUNT })
    .cidr('10.8.0.0/16')
    .subnet('ledger', '10.8.1.0/24')
    .routeTable('ledger', routes);
}

export const toShared = (block = '10.8.0.0/16'): RoutePlan => route(block, viaPeering('shared'));
export const toMain = (block = '10.0.0.0/16'): RoutePlan => route(block, viaPeering('shared'));

export function auditPeerings(...vpcs: readonly VpcBuilder[]): AuditReport {
  return auditSnapshot({ snapshot: buildWorld(...vpcs).snapshot, now: NOON }, ['peering']);
}

export const kindsOf = ({ findings }: AuditReport): readonly string[] => findings.map(({ fault }) => fault.kind);

/** The only finding of its kind. */
export function theFinding({ findings }: AuditReport, kind: AuditFault['kind']): AuditFinding | undefined {
  const [finding, ...more] = findings.filter(({ fault }) => fault.kind === kind);
  return more.length === 0 ? finding : undefined;
}
