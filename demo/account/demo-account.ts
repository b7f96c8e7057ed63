import type { RawSnapshot } from '../../src/vpc/raw-snapshot.ts';
import type { StandInAccount } from '../aws/stand-in-account.ts';
import { rawFlowLog, toBucket, toLogGroup } from './flow-logs.ts';
import { ACCOUNT_ID, REGION, resourceId } from './ids.ts';
import { PREFIX_LISTS, SUBNETS, VPCS } from './network.ts';
import type { FlowLogPlan, VpcPlan } from './network.ts';
import { rawGroup, rawInterface, rawReservations } from './raw-hosts.ts';
import { rawNetworkAcls, rawPrefixList, rawPrefixListEntries, rawSubnet, rawVpc } from './raw-network.ts';
import type { RecordFields } from './record-line.ts';
import { STORIES } from './stories/stories.ts';
import type { Host } from './story.ts';
import { recordsOf } from './traffic.ts';
import { trailOf } from './trail.ts';
import { rawWays, type WaysState } from './ways.ts';

export interface DemoAccount {
  readonly accounts: readonly StandInAccount[];
  readonly questions: readonly DemoQuestion[];
  /** Somebody repairs something: the peer VPC gets its route back. From then on AWS tells it so. */
  readonly mend: () => void;
}

/** Something to ask in the demo. */
export interface DemoQuestion {
  readonly title: string;
  /** What to type behind `/vpc`. */
  readonly command: string;
  readonly interfaceId: string;
  readonly expectRow?: string;
}

/** A small company's account with its troubles, whose flow records end some minutes before `now`. */
export function demoAccount(now: Date): DemoAccount {
  const nowSeconds = Math.floor(now.getTime() / 1000);
  const logged = VPCS.flatMap((vpc) => (vpc.flowLog === undefined ? [] : [{ vpc, plan: vpc.flowLog }]))
    .filter(({ plan }) => plan.error === undefined)
    .map(({ vpc, plan }) => ({ vpc, plan, records: recordsIn(vpc, nowSeconds) }));
  let network = snapshot(now, {});
  return {
    mend: () => {
      network = snapshot(now, { isMended: true });
    },
    accounts: [
      {
        get snapshot() {
          return network;
        },
        trail: trailOf(STORIES, now),
        logGroups: logged.filter(to('cloud-watch-logs')).map((log) => toLogGroup(log.vpc, log.plan, log.records)),
        buckets: logged.filter(to('s3')).map((log) => toBucket(log.vpc, log.plan, log.records)),
      },
    ],
    questions: STORIES.map(({ host, question: { title, options, expectRow } }) => ({
      title,
      command: `why-rejected ${resourceId('eni', host.name)}${options ?? ''}`,
      interfaceId: resourceId('eni', host.name),
      ...(expectRow === undefined ? {} : { expectRow }),
    })),
  };
}

function to(destination: FlowLogPlan['to']): (log: { readonly plan: FlowLogPlan }) => boolean {
  return ({ plan }) => plan.to === destination;
}

function recordsIn(vpc: VpcPlan, now: number): readonly RecordFields[] {
  const seen = STORIES.flatMap((story) => (story.seenElsewhere === undefined ? [story] : [story, story.seenElsewhere]));
  return seen
    .filter(({ host }) => vpcOf(host) === vpc.name)
    .flatMap(({ host, traffic }) => traffic.flatMap((burst) => recordsOf(burst, host, now)));
}

function snapshot(now: Date, state: WaysState): RawSnapshot {
  const ways = rawWays(now, state);
  const hosts = uniqueByName(STORIES.flatMap(({ host, neighbours = [] }) => [host].concat(neighbours)));
  const groups = uniqueByName(
    hosts.flatMap((host) => host.groups.map((group) => ({ name: group.name, group, vpc: vpcOf(host) }))),
  );
  return {
    ...ways,
    accountId: ACCOUNT_ID,
    region: REGION,
    Vpcs: VPCS.map(rawVpc),
    Subnets: SUBNETS.map(rawSubnet),
    NetworkAcls: rawNetworkAcls(SUBNETS),
    PrefixLists: [...PREFIX_LISTS.map(rawPrefixList), ...ways.PrefixLists],
    ManagedPrefixListEntries: PREFIX_LISTS.map(rawPrefixListEntries),
    NetworkInterfaces: hosts.map((host) => rawInterface(host, vpcOf(host))),
    Reservations: hosts.flatMap((host) => rawReservations(host, vpcOf(host))),
    SecurityGroups: groups.map(({ group, vpc }) => rawGroup(group, vpc)),
    FlowLogs: VPCS.flatMap(({ name, flowLog }) => (flowLog === undefined ? [] : [rawFlowLog(name, flowLog)])),
    SecurityGroupVpcAssociations: [],
    VpcBlockPublicAccessOptions: {
      AwsAccountId: ACCOUNT_ID,
      AwsRegion: REGION,
      InternetGatewayBlockMode: 'block-ingress',
      State: 'update-complete',
      ExclusionsAllowed: 'allowed',
      ManagedBy: 'declarative-policy',
    },
    VpcBlockPublicAccessExclusions: [
      {
        ExclusionId: resourceId('vpcbpa-exclude', 'prod-public-a'),
        InternetGatewayExclusionMode: 'allow-bidirectional',
        ResourceArn: `arn:aws:ec2:${REGION}:${ACCOUNT_ID}:subnet/${resourceId('subnet', 'prod-public-a')}`,
        State: 'create-complete',
      },
    ],
  };
}

function vpcOf(host: Host): string {
  return SUBNETS.find(({ name }) => name === host.subnet)?.vpc ?? host.subnet;
}

function uniqueByName<Named extends { readonly name: string }>(all: readonly Named[]): readonly Named[] {
  return [...new Map(all.map((one) => [one.name, one])).values()];
}
