import type { AccountId, Region } from '../vpc/ids.ts';
import { shellCommand } from './shell.ts';

/** A VPC, a subnet or an interface. */
export interface MonitoredResource {
  readonly id: string;
  readonly accountId?: AccountId;
  readonly region: Region;
}

/**
 * The command that makes the traffic of one resource visible, with the fields a diagnosis wants. A flow log can't be
 * changed once made (FLOW-89), so the format had better be right the first time.
 * https://docs.aws.amazon.com/cli/latest/reference/ec2/create-flow-logs.html
 */
export function createFlowLogCommand({ id, accountId, region }: MonitoredResource): string {
  return shellCommand(
    ['aws', 'ec2', 'create-flow-logs'],
    [
      ['--region', region, '--resource-type', resourceType(id), '--resource-ids', id],
      ['--traffic-type', 'ALL', '--max-aggregation-interval', '60'],
      ['--log-destination-type', 'cloud-watch-logs', '--log-group-name', '/vpc/flow-logs'],
      [
        '--deliver-logs-permission-arn',
        `arn:${partitionOf(region)}:iam::${accountId ?? 'YOUR-ACCOUNT'}:role/YOUR-FLOW-LOGS-ROLE`,
      ],
      ['--log-format', USEFUL_FORMAT.replaceAll(/[a-z-]+/g, '${$&}')],
    ],
  );
}

/** FLOW-82. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html */
function resourceType(id: string): string {
  if (id.startsWith('vpc-')) return 'VPC';
  return id.startsWith('subnet-') ? 'Subnet' : 'NetworkInterface';
}

/** The default format and what a diagnosis needs besides (FLOW-110). */
const USEFUL_FORMAT = [
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status',
  'vpc-id subnet-id instance-id tcp-flags type pkt-srcaddr pkt-dstaddr az-id pkt-src-aws-service pkt-dst-aws-service',
  'flow-direction traffic-path reject-reason resource-id',
].join(' ');

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
function partitionOf(region: Region): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
