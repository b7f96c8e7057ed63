import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { demoAccount } from '../../demo/account/demo-account.ts';
import { startAws, type StandInAws } from '../../demo/aws/start-aws.ts';
import { parseSnapshot } from '../../src/vpc/parse-snapshot.ts';
import { parseSnapshotFile } from '../../src/vpc/snapshot-file.ts';
import { runExecutable, type Ended } from '../support/executable.ts';

const { accounts } = demoAccount(new Date());
const recorded = parseSnapshot([accounts[0]!.snapshot]);
const [firstVpc] = [...recorded.vpcs.keys()];

let aws: StandInAws;
let directory: string;

beforeAll(async () => {
  aws = await startAws({ accounts });
  directory = await mkdtemp(join(tmpdir(), 'vpc-why-snapshot-'));
});
afterAll(async () => {
  await Promise.all([aws.close(), rm(directory, { recursive: true, force: true })]);
});
afterEach(() => aws.faults.clear());

function run(words: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return runExecutable(['snapshot', ...words], { environment: { ...aws.environment, ...environment }, cwd: directory });
}

describe('snapshot', () => {
  it('writes the network as JSON, and nothing else to stdout', async () => {
    const { code, stdout, stderr } = await run([]);

    const snapshot = parseSnapshot(parseSnapshotFile(stdout));
    expect(snapshot.interfaces).toEqual(recorded.interfaces);
    expect(snapshot.networkAcls).toEqual(recorded.networkAcls);
    expect(JSON.parse(stdout)).toMatchObject({ accountId: '123456789012', region: 'eu-west-1', refusals: [] });
    expect(stderr).toMatch(/^(\d+ calls answered …\n)*\d+ calls in \d rounds, \d+\.\d s\n$/);
    expect(code).toBe(0);
  });

  it('writes an array for several regions', async () => {
    const configuration = join(directory, 'two-regions.yaml');
    await writeFile(configuration, 'aws: {regions: [eu-west-1, eu-central-1]}\n');

    const { code, stdout } = await run([], { VPC_WHY_CONFIG: configuration });

    expect(JSON.parse(stdout)).toMatchObject([{ region: 'eu-west-1' }, { region: 'eu-central-1', Vpcs: [] }]);
    expect(code).toBe(0);
  });

  it('keeps to a VPC', async () => {
    const { code, stdout } = await run(['--vpc', firstVpc!, '--region', 'eu-west-1']);

    expect(JSON.parse(stdout)).toMatchObject({ onlyVpcs: [firstVpc], Vpcs: [{ VpcId: firstVpc }] });
    expect(code).toBe(0);
  });

  it('says on stderr what it could not read, and how to mend it', async () => {
    aws.faults.add({ action: 'ec2:DescribeRouteTables', kind: { kind: 'deny' } });

    const { code, stdout, stderr } = await run([]);

    expect(JSON.parse(stdout)).not.toHaveProperty('RouteTables');
    expect(stderr).toContain('Not in it:');
    expect(stderr).toContain('ec2:DescribeRouteTables');
    expect(code).toBe(0);
  });

  it.each<[string, readonly string[], number, string]>([
    ['no VPC id', ['--vpc', 'main'], 2, 'expected VPC ids'],
    ['an unknown option', ['--since', '3h'], 2, 'expected one of --account, --region, --vpc'],
    [
      'a VPC that is not there',
      ['--vpc', 'vpc-0123456789abcdef0'],
      4,
      'was not found in account 123456789012 eu-west-1',
    ],
  ])('with %s says so', async (...[, words, code, told]) => {
    expect(await run(words)).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(told) as string });
  });

  it('says who can mend it when AWS refuses everything', async () => {
    aws.faults.add({ action: '*', kind: { kind: 'deny' } });

    expect(await run([])).toMatchObject({
      code: 3,
      stdout: '',
      stderr: expect.stringContaining('AWS denied') as string,
    });
  });
});
