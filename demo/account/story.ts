/** One thing that goes wrong in the demo account: who is there, what the rules say, and what traffic met them. */
export interface Story {
  readonly host: Host;
  /** Other ends that stand in the account, so that answers can name them. */
  readonly neighbours?: readonly Host[];
  readonly traffic: readonly Burst[];
  /** What another interface of the same instance saw of it. */
  readonly seenElsewhere?: { readonly host: Host; readonly traffic: readonly Burst[] };
  /** What somebody did to the host's first group, as CloudTrail tells. */
  readonly changes?: readonly StoryChange[];
  readonly question: StoryQuestion;
}

interface StoryChange {
  readonly minutesAgo: number;
  readonly event: 'AuthorizeSecurityGroupIngress' | 'RevokeSecurityGroupIngress';
  readonly rule: Rule;
  readonly role: string;
}

interface StoryQuestion {
  /** What somebody in the channel would say. */
  readonly title: string;
  /** Narrows the question: ` --from 10.20.4.17`. */
  readonly options?: string;
  /** The row of the decision table that the answer rests on. */
  readonly expectRow?: string;
}

/** A network interface and what stands behind it. */
export interface Host {
  /** Its id is made of this name. */
  readonly name: string;
  readonly subnet: string;
  readonly address: string;
  readonly ipv6?: string;
  readonly publicAddress?: string;
  readonly groups: readonly Group[];
  readonly behind?: 'instance' | 'rds' | 'application-load-balancer' | 'nat-gateway';
  readonly instanceType?: string;
  /** The first interface of the instance, where this is its second. */
  readonly besides?: Host;
  /** Replaces the name as its `Name` tag. */
  readonly tag?: string;
}

export interface Group {
  readonly name: string;
  readonly description: string;
  readonly ingress: readonly Rule[];
  /** Absent: everything, as a new group has it (SG-5). */
  readonly egress?: readonly Rule[];
}

export interface Rule {
  readonly protocol: 'tcp' | 'udp' | 'icmp' | '-1';
  /** A port, a range, or type and code of ICMP; absent with protocol -1. */
  readonly ports?: number | readonly [from: number, to: number];
  /** A block of either family, `pl/<name>` for a prefix list or `sg/<name>` for a group. */
  readonly peer: string;
  readonly description?: string;
}

/** Equal TCP conversations of one interface, spread evenly over a time. */
export interface Burst {
  /** First and last of them, in minutes before now: `[28, 4]`. */
  readonly minutesAgo: readonly [from: number, to: number];
  readonly times: number;
  readonly client: string;
  readonly server: string;
  readonly port: number;
  /** Absent: a new port for each conversation. */
  readonly clientPort?: number;
  /** What became of the client's packets, and of the answers; `silent`: there were none. */
  readonly forward: 'ACCEPT' | 'REJECT' | 'silent';
  readonly reply?: 'ACCEPT' | 'REJECT';
  /** Absent: a whole conversation if accepted (3 and 19), otherwise what its packet carries (2 and 18). */
  readonly flags?: { readonly forward?: number; readonly reply?: number };
  readonly packets?: number;
  readonly rejectReason?: 'BPA';
}

/** Everyday traffic that passes: what makes a log look like a log. */
export function passes(client: string, server: string, port: number): Burst {
  return { minutesAgo: [85, 4], times: 70, client, server, port, forward: 'ACCEPT', reply: 'ACCEPT', packets: 12 };
}
