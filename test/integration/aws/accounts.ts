import type { StandInAccount } from '../../../demo/aws/stand-in-account.ts';
import type { AwsAccount } from '../../../src/aws/aws-settings.ts';
import { buildVpc, type VpcBuilder } from '../../support/build-vpc.ts';
import { eni, pl, sg, vpc } from '../../support/ids.ts';
import { allow, group, peerGroup, prefixList, tcp } from '../../support/rules.ts';
import { ACCOUNT, PEER_ACCOUNT, REGION } from '../../support/vpc-plan.ts';

/** A web server whose group opens to every kind of peer: blocks, AWS's prefix list and an own one, groups near and far. */
export const WEB_VPC: VpcBuilder = buildVpc()
  .subnet('app', '10.0.1.0/24')
  .securityGroup('web', {
    ingress: [
      allow(tcp(443), '192.0.2.0/24'),
      allow(tcp(443), prefixList('offices')),
      allow(tcp(443), prefixList('s3')),
      allow(tcp(8080), group('clients')),
      allow(tcp(22), peerGroup('partner', 'admins')),
    ],
  })
  .securityGroup('clients')
  .prefixList('s3', '198.51.100.0/24')
  .raw({ ManagedPrefixListEntries: [{ PrefixListId: pl('offices'), Entries: [{ Cidr: '203.0.113.0/24' }] }] })
  .peering('partner', { cidrs: ['10.9.0.0/16'] })
  .interface('web', { subnet: 'app', groups: ['web'], address: '10.0.1.10' })
  .interface('client', { subnet: 'app', groups: ['clients'], address: '10.0.1.20' });

/** An interface that needs nothing from anywhere else. */
export const PLAIN_VPC: VpcBuilder = buildVpc()
  .subnet('app', '10.0.1.0/24')
  .securityGroup('web', { ingress: [allow(tcp(443), '0.0.0.0/0')] })
  .interface('web', { subnet: 'app', groups: ['web'], address: '10.0.1.10' });

/** As `vpc-why.yaml` would name an account. */
export const configured = (id: string, ...regions: readonly string[]): AwsAccount => ({
  id,
  roleArn: `arn:aws:iam::${id}:role/vpc-why`,
  externalId: 'workspace-7',
  regions: regions.length === 0 ? [REGION] : regions,
});

const ROLES = [{ name: 'vpc-why', externalId: 'workspace-7' }];

export const withRole = (account: StandInAccount): StandInAccount => ({ ...account, roles: ROLES });

/** The account on the other side of the peering, with one member of its group `admins`. */
export const PARTNER: StandInAccount = withRole({
  snapshot: {
    accountId: PEER_ACCOUNT,
    region: REGION,
    NetworkInterfaces: [
      {
        NetworkInterfaceId: eni('admin'),
        VpcId: vpc('partner'),
        OwnerId: PEER_ACCOUNT,
        PrivateIpAddress: '10.9.0.5',
        PrivateIpAddresses: [{ PrivateIpAddress: '10.9.0.5', Primary: true }],
        Groups: [{ GroupId: sg('admins'), GroupName: 'admins' }],
      },
    ],
  },
});

/** Our account and the partner's, both reached by a role. */
export const BOTH_ACCOUNTS = { accounts: [configured(ACCOUNT), configured(PEER_ACCOUNT)] };
