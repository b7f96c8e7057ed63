import type { AuditRule } from '../audit-rule.ts';
import { findEndlessRetention, findLostDestinations, findUndelivered } from './find-lost-logs.ts';
import { findOneActionLogs, findPoorFormats, findSlowLogs } from './find-partial-logs.ts';
import { findUnmonitored } from './find-unmonitored.ts';

const family = 'flow-logs';
const needs = ['Vpcs', 'Subnets', 'NetworkInterfaces', 'FlowLogs'] as const;

export const FLOW_LOG_RULES: readonly AuditRule[] = [
  { kind: 'flow-log-missing', family, needs, check: findUnmonitored },
  { kind: 'flow-log-not-delivered', family, needs, check: findUndelivered },
  { kind: 'flow-log-destination-gone', family, needs: [...needs, 'LogGroups'], check: findLostDestinations },
  { kind: 'flow-log-one-action', family, needs, check: findOneActionLogs },
  { kind: 'flow-log-lacks-fields', family, needs, check: findPoorFormats },
  { kind: 'flow-log-slow', family, needs, check: findSlowLogs },
  { kind: 'flow-log-kept-for-ever', family, needs: ['FlowLogs', 'LogGroups'], check: findEndlessRetention },
];
