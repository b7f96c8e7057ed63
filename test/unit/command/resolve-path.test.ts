import { describe, expect, it } from 'vitest';
import { placesOf, resolvePath } from '../../../src/command/resolve-path.ts';
import { parsePathEnd } from '../../../src/command/path-end.ts';
import { ExpectedError } from '../../../src/failure/expected-error.ts';
import type { Snapshot } from '../../../src/vpc/snapshot.ts';
import { parseSnapshot } from '../../../src/vpc/parse-snapshot.ts';
import { eni, pl, subnet, vpc } from '../../support/ids.ts';
import { buildVpc } from '../../support/build-vpc.ts';

/** A VPC with one interface, and the region's own prefix list for S3. */
function scope(region: string, name: string): Record<string, unknown> & { accountId: string; region: string } {
  return {
    accountId: '123456789012',
    region,
    Vpcs: [{ VpcId: vpc(name), OwnerId: '123456789012', CidrBlockAssociationSet: [] }],
    NetworkInterfaces: [
      { NetworkInterfaceId: eni(name), VpcId: vpc(name), SubnetId: subnet(name), PrivateIpAddresses: [], Groups: [] },
    ],
    PrefixLists: [{ PrefixListId: pl(`s3 of ${region}`), PrefixListName: `com.amazonaws.${region}.s3`, Cidrs: [] }],
  };
}

const here = scope('eu-west-1', 'here');
const there = scope('us-east-1', 'there');

function askS3(from: string, snapshot: Snapshot): unknown {
  return resolvePath({ from: parsePathEnd(from)!, to: parsePathEnd('s3')!, protocol: 6 }, snapshot).to;
}

describe('s3 stands for the prefix list', () => {
  it('of the only region', () => {
    expect(askS3('10.0.0.5', parseSnapshot([here]))).toEqual({ kind: 'service', prefixListId: pl('s3 of eu-west-1') });
  });

  it.each([
    ['here', 's3 of eu-west-1'],
    ['there', 's3 of us-east-1'],
  ])("of the asker's region: %s", (from, list) => {
    expect(askS3(eni(from), parseSnapshot([here, there]))).toEqual({ kind: 'service', prefixListId: pl(list) });
  });

  it('and must be named by its id where it could be of several', () => {
    expect(() => askS3('10.0.0.5', parseSnapshot([here, there]))).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ kind: 'not-understood', input: 's3' }) }),
    );
  });

  it('and is missing where none was read', () => {
    expect(() => askS3(eni('here'), parseSnapshot([{ ...here, PrefixLists: [] }]))).toThrow(ExpectedError);
  });
});

it('what is not found may be where AWS denied a look', () => {
  const { snapshot } = buildVpc()
    .refused({ action: 'ec2:DescribeNetworkInterfaces', because: 'access-denied' })
    .build();
  const place = { accountId: '123456789012', region: 'eu-west-1' };

  expect(placesOf(buildVpc().build().snapshot)).toEqual({ lookedIn: [place] });
  expect(placesOf(snapshot)).toEqual({ lookedIn: [], refusedIn: [place] });
});
