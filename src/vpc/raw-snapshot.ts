/**
 * What the `Describe*` calls of one account and region returned, pages joined: the format of a snapshot file.
 * Every key but these is the member name of an AWS response (`Vpcs`, `SecurityGroups`, …) with its items as AWS sent
 * them. An empty list means "asked for, none there"; a missing key means "not asked for".
 */
export interface RawSnapshot {
  readonly accountId: string;
  readonly region: string;
  /** ISO 8601. */
  readonly takenAt?: string;
  /** Calls that AWS refused, so that a snapshot says what it could not see. */
  readonly refusals?: readonly RawRefusal[];
  /**
   * Group ids whose members were asked for with the filter `group-id`. Absent: `NetworkInterfaces` was read without a
   * filter and holds the members of every group of the account.
   */
  readonly membersOf?: readonly string[];
  /** Only what concerns these VPCs was read: lists are whole as far as these go. Absent: the whole account and region. */
  readonly onlyVpcs?: readonly string[];
  /** Made once per prefix list: `{PrefixListId, Entries: [{Cidr}]}`. */
  readonly ManagedPrefixListEntries?: readonly unknown[];
  readonly [member: string]: unknown;
}

export interface RawRefusal {
  /** The IAM action: `ec2:DescribeFlowLogs`. */
  readonly action: string;
  readonly because: 'access-denied' | 'throttled' | 'unreachable' | 'not-found';
  /** The id asked about, where the call was about one. */
  readonly about?: string;
}
