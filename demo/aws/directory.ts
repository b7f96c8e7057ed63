import { accessKeyOf } from './stand-in-account.ts';
import type { StandInAccount, StandInBucket } from './stand-in-account.ts';

/** Who is known here: accounts, the keys that sign for them, and the sessions of assumed roles. */
export interface Directory {
  readonly findIdentity: (accessKeyId: string, sessionToken: string | undefined) => Identity | undefined;
  readonly findAccount: (accountId: string, region: string) => StandInAccount;
  readonly findBucket: (name: string) => OwnedBucket | undefined;
  readonly findRole: (roleArn: string) => FoundRole | undefined;
  readonly openSession: (roleArn: string, sessionName: string) => Session;
}

export interface Identity {
  readonly accountId: string;
  readonly arn: string;
  readonly userId: string;
}

export interface OwnedBucket {
  readonly bucket: StandInBucket;
  readonly owner: StandInAccount;
}

interface FoundRole {
  readonly externalId?: string;
}

interface Session {
  readonly identity: Identity;
  readonly accessKeyId: string;
  readonly sessionToken: string;
}

export function createDirectory(accounts: readonly StandInAccount[]): Directory {
  const users = new Map(accounts.map(({ snapshot }) => [accessKeyOf(snapshot.accountId), userOf(snapshot.accountId)]));
  const sessions = new Map<string, Session>();
  return {
    findIdentity(accessKeyId, sessionToken) {
      if (sessionToken === undefined) {
        return users.get(accessKeyId);
      }
      const session = sessions.get(accessKeyId);
      return session?.sessionToken === sessionToken ? session.identity : undefined;
    },
    findAccount: (accountId, region) =>
      accounts.find(({ snapshot }) => snapshot.accountId === accountId && snapshot.region === region) ?? {
        snapshot: { accountId, region },
      },
    findBucket: (name) =>
      accounts
        .flatMap((owner) => (owner.buckets ?? []).map((bucket) => ({ bucket, owner })))
        .find(({ bucket }) => bucket.name === name),
    findRole: (roleArn) => findRole(accounts, roleArn),
    openSession(roleArn, sessionName) {
      const session = newSession({ roleArn, sessionName, number: sessions.size });
      sessions.set(session.accessKeyId, session);
      return session;
    },
  };
}

function userOf(accountId: string): Identity {
  return { accountId, arn: `arn:aws:iam::${accountId}:user/vpc-why`, userId: 'AIDADEMOVPCWHY000000' };
}

const ROLE_ARN = /^arn:aws[a-z-]*:iam::(\d{12}):role\/(?:[\w+=,.@/-]+\/)?([\w+=,.@-]+)$/;

function findRole(accounts: readonly StandInAccount[], roleArn: string): FoundRole | undefined {
  const [, accountId, name] = ROLE_ARN.exec(roleArn) ?? [];
  return accounts
    .filter(({ snapshot }) => snapshot.accountId === accountId)
    .flatMap(({ roles }) => roles ?? [])
    .find((role) => role.name === name);
}

function newSession(opening: { roleArn: string; sessionName: string; number: number }): Session {
  const { roleArn, sessionName, number } = opening;
  const [, accountId = '', role = ''] = ROLE_ARN.exec(roleArn) ?? [];
  const serial = String(number).padStart(4, '0');
  return {
    identity: {
      accountId,
      arn: `arn:aws:sts::${accountId}:assumed-role/${role}/${sessionName}`,
      userId: `AROADEMOVPCWHY00${serial}:${sessionName}`,
    },
    accessKeyId: `ASIA${accountId}${serial}`,
    sessionToken: `session-${accountId}-${serial}`,
  };
}
