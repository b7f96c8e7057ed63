import { BlockList } from 'node:net';
import { gunzipSync } from 'node:zlib';

import type {
  FlowLog,
  ManagedPrefixList,
  NetworkAcl,
  NetworkInterface,
  SecurityGroup,
  Subnet,
} from '@aws-sdk/client-ec2';
import { expect, it } from 'vitest';

import { demoAccount } from '../../../demo/account/demo-account.ts';
import { DEFAULT_FORMAT, RICH_FORMAT, headerLine } from '../../../demo/account/record-line.ts';

const NOW = new Date('2026-11-23T03:30:00Z');
const demo = demoAccount(NOW);
const account = demo.accounts[0]!;

const { snapshot } = account;
const interfaces = snapshot['NetworkInterfaces'] as readonly NetworkInterface[];
const subnets = snapshot['Subnets'] as readonly Subnet[];
const groups = snapshot['SecurityGroups'] as readonly SecurityGroup[];
const acls = snapshot['NetworkAcls'] as readonly NetworkAcl[];
const prefixLists = snapshot['PrefixLists'] as readonly ManagedPrefixList[];
const flowLogs = snapshot['FlowLogs'] as readonly FlowLog[];

const streams = account.logGroups!.flatMap((group) => group.streams);
const files = [...account.buckets![0]!.objects].map(([key, gzip]) => ({
  key,
  lines: gunzipSync(gzip).toString().trimEnd().split('\n'),
}));
const lines = [
  ...streams.flatMap((stream) => stream.events.map((event) => event.message)),
  ...files.flatMap((file) => file.lines.slice(1)),
].map((line) => line.split(' '));

it('is the same account for the same time', () => {
  const { accounts, questions } = demoAccount(NOW);

  expect({ accounts, questions }).toEqual({ accounts: demo.accounts, questions: demo.questions });
});

it('knows one route more once it is mended', () => {
  const { accounts, mend } = demoAccount(NOW);
  const routes = () => JSON.stringify(accounts[0]?.snapshot['RouteTables']).split('DestinationCidrBlock').length;
  const before = routes();
  mend();

  expect(routes()).toBe(before + 1);
});

it('has at least eight different causes to ask about, each on an interface of its own', () => {
  expect(new Set(demo.questions.map((question) => question.expectRow)).size).toBeGreaterThanOrEqual(8);
  expect(new Set(demo.questions.map((question) => question.interfaceId)).size).toBe(demo.questions.length);
});

it.each(demo.questions)('can be asked: $title', ({ command, interfaceId }) => {
  expect(command.split(' ').slice(0, 2)).toEqual(['why-rejected', interfaceId]);
  expect(interfaces.map((each) => each.NetworkInterfaceId)).toContain(interfaceId);
});

it('refers to nothing that is not there', () => {
  const subnetIds = subnets.map((subnet) => subnet.SubnetId);
  const groupIds = groups.map((group) => group.GroupId);
  const prefixListIds = prefixLists.map((each) => each.PrefixListId);
  const permissions = groups.flatMap((group) => group.IpPermissions!.concat(group.IpPermissionsEgress!));

  expect(subnetIds).toEqual(expect.arrayContaining(interfaces.map((each) => each.SubnetId)));
  expect(groupIds).toEqual(
    expect.arrayContaining(interfaces.flatMap((each) => each.Groups!.map((own) => own.GroupId))),
  );
  expect(groupIds).toEqual(
    expect.arrayContaining(permissions.flatMap((each) => each.UserIdGroupPairs!.map((pair) => pair.GroupId))),
  );
  expect(prefixListIds).toEqual(
    expect.arrayContaining(permissions.flatMap((each) => each.PrefixListIds!.map((one) => one.PrefixListId))),
  );
});

it('puts every subnet under exactly one ACL and every interface in its own subnet', () => {
  const associated = acls.flatMap((acl) => acl.Associations!.map((each) => each.SubnetId));

  expect(associated).toHaveLength(subnets.length);
  expect(new Set(associated)).toEqual(new Set(subnets.map((subnet) => subnet.SubnetId)));
  for (const { PrivateIpAddress, SubnetId } of interfaces) {
    const cidr = subnets.find((subnet) => subnet.SubnetId === SubnetId)!.CidrBlock!;
    expect(blockList(cidr).check(PrivateIpAddress!), `${PrivateIpAddress} in ${cidr}`).toBe(true);
  }
});

it('holds some thousand records of the last hour and a half, none newer than delivery allows', () => {
  const ends = lines.map((fields) => Number(fields[11]));

  expect(lines.length).toBeGreaterThan(2000);
  expect(Math.max(...ends)).toBeLessThan(NOW.getTime() / 1000 - 120);
  expect(Math.min(...ends)).toBeGreaterThan(NOW.getTime() / 1000 - 90 * 60);
});

it('writes records in the format that its flow logs tell', () => {
  const formats = flowLogs.map((log) => log.LogFormat);

  expect(new Set(formats)).toEqual(new Set([DEFAULT_FORMAT, RICH_FORMAT]));
  expect(new Set(lines.map((fields) => fields.length))).toEqual(
    new Set([DEFAULT_FORMAT.split(' ').length, RICH_FORMAT.split(' ').length]),
  );
  expect(lines.every((fields) => fields[0] === (fields.length === 14 ? '2' : '8'))).toBe(true);
});

it('names nobody: addresses are private or for documentation', () => {
  const reserved = blockList('10.0.0.0/8', '192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '2001:db8::/32');
  const addresses = new Set(lines.flatMap((fields) => [fields[3]!, fields[4]!]));

  const foreign = [...addresses].filter((address) => !reserved.check(address, address.includes(':') ? 'ipv6' : 'ipv4'));

  expect(foreign).toEqual([]);
});

it('keeps a stream for each interface, in order of time', () => {
  for (const { name, events } of streams) {
    const times = events.map((event) => event.timestampMs);
    const start = events.map((event) => Number(event.message.split(' ')[10]) * 1000);

    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times).toEqual(start);
    expect(events.every((event) => name === `${event.message.split(' ')[2]}-all`)).toBe(true);
  }
});

it('files records in S3 by the five minutes in which they end, under a header', () => {
  for (const {
    key,
    lines: [header, ...records],
  } of files) {
    const [, day, hour, stamp] = /\/(\d{4}\/\d\d\/\d\d)\/(\d\d)\/[^/]*_(\d{8}T\d{4})Z_/.exec(key)!;
    const opened = Date.parse(stamp!.replace(/(....)(..)(..T..)(..)/, '$1-$2-$3:$4:00Z')) / 1000;
    const ends = records.map((record) => Number(record.split(' ')[11]));

    expect(header).toBe(headerLine(RICH_FORMAT));
    expect(stamp).toMatch(new RegExp(`^${day!.replaceAll('/', '')}T${hour}`));
    expect(ends.every((end) => end >= opened && end < opened + 300)).toBe(true);
  }
});

it('holds names that would call the whole channel, were they not escaped', () => {
  const text = JSON.stringify(account.snapshot);

  expect(text).toContain('<!channel>');
  expect(text).toContain('`');
});

function blockList(...cidrs: readonly string[]): BlockList {
  const blocks = new BlockList();
  for (const cidr of cidrs) {
    const [address, bits] = cidr.split('/');
    blocks.addSubnet(address!, Number(bits), cidr.includes(':') ? 'ipv6' : 'ipv4');
  }
  return blocks;
}
