import type { AuditRule } from '../audit-rule.ts';
import { checkExpectations } from './check-expectations.ts';
import type { ExpectationFault } from './expectation-fault.ts';

const needs = ['Vpcs', 'Subnets', 'NetworkInterfaces', 'RouteTables', 'NetworkAcls', 'SecurityGroups'] as const;

/** Lines are checked once for all of these. */
export const EXPECTATION_RULES: readonly AuditRule[] = (
  [
    'must-reach-broken',
    'must-not-reach-broken',
    'expectation-undetermined',
    'expectation-names-nothing',
    'expectation-names-too-much',
    'expectation-not-checkable',
  ] satisfies readonly ExpectationFault['kind'][]
).map((kind) => ({
  kind,
  family: 'expectations',
  needs,
  check: (world) => checkExpectations(world).filter(({ fault }) => fault.kind === kind),
}));
