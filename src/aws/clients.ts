import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { AthenaClient } from '@aws-sdk/client-athena';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { fromNodeProviderChain, fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import type { AwsAccount, AwsSettings } from './aws-settings.ts';
import { Lru } from './lru.ts';
import { rememberCredentials, type ProvideCredentials } from './remember-credentials.ts';
import { sessionName } from './session-name.ts';
import { once } from '../lang/once.ts';

/** One client a service, made on first use. */
export interface PlaceClients {
  readonly ec2: () => EC2Client;
  readonly elb: () => ElasticLoadBalancingV2Client;
  readonly cloudTrail: () => CloudTrailClient;
  readonly logs: () => CloudWatchLogsClient;
  readonly s3: () => S3Client;
  readonly sts: () => STSClient;
  /** Loaded when it is first asked for: few ever ask. */
  readonly athena: () => Promise<AthenaClient>;
}

export interface AwsClients {
  /** `account` absent: the SDK's own chain. `region` absent: the SDK's own region. */
  readonly at: (place: { account?: AwsAccount; region?: string }, askedBy: string) => PlaceClients;
  readonly close: () => void;
}

/** Bounds what many askers leave behind: a client is a few kilobytes, an assumed role one set of keys. */
const REMEMBERED_CLIENTS = 256;
const REMEMBERED_ROLES = 128;

/**
 * The session of an assumed role carries the asker's name, for CloudTrail. So roles and the clients that use them are
 * kept per account *and* asker, least recently used ones being forgotten; connections are shared by all of them, which
 * makes another asker's clients cheap. Without configured accounts there is one set of clients for everybody.
 */
export function createClients(settings: AwsSettings): AwsClients {
  const agents = { httpAgent: new HttpAgent(AGENT), httpsAgent: new HttpsAgent(AGENT) };
  const common = { ...clientOptions(settings), requestHandler: { ...timeouts(settings), ...agents } };
  const own = rememberCredentials(fromNodeProviderChain());
  const roles = new Lru<ProvideCredentials>(REMEMBERED_ROLES);
  const clients = new Lru<PlaceClients>(REMEMBERED_CLIENTS);

  const assume = (account: AwsAccount, session: string, region: string | undefined): ProvideCredentials =>
    rememberCredentials(
      fromTemporaryCredentials({
        masterCredentials: own,
        params: { RoleArn: account.roleArn, ExternalId: account.externalId, RoleSessionName: session },
        clientConfig: { ...common, ...(region === undefined ? {} : { region }) },
      }),
      account.roleArn,
    );

  return {
    at: ({ account, region }, askedBy) => {
      const session = account === undefined ? '' : sessionName(askedBy);
      const role = `${account?.roleArn ?? ''} ${session}`;
      return clients.take(`${role} ${region ?? ''}`, () => {
        const credentials = account === undefined ? own : roles.take(role, () => assume(account, session, region));
        return placeClients({ ...common, credentials, ...(region === undefined ? {} : { region }) });
      });
    },
    close: () => {
      agents.httpAgent.destroy();
      agents.httpsAgent.destroy();
    },
  };
}

const AGENT = { keepAlive: true, maxSockets: 50 };

/** Retries are fixed here because the SDK's defaults are about to change (libraries: `AWS_NEW_RETRIES_2026`). */
function clientOptions(settings: AwsSettings) {
  return {
    maxAttempts: 3,
    retryMode: 'standard',
    customUserAgent: 'vpc-why',
    ...(settings.endpoint === undefined ? {} : { endpoint: settings.endpoint }),
  };
}

/** Without `throwOnRequestTimeout` the SDK only writes a warning when time is up. */
function timeouts({ limits }: AwsSettings) {
  return {
    connectionTimeout: limits.connectMilliseconds,
    requestTimeout: limits.requestMilliseconds,
    socketTimeout: limits.requestMilliseconds,
    throwOnRequestTimeout: true,
  };
}

type ClientConfig = ReturnType<typeof clientOptions> & {
  readonly requestHandler: object;
  readonly credentials: ProvideCredentials;
  readonly region?: string;
};

function placeClients(config: ClientConfig): PlaceClients {
  return {
    ec2: once(() => withoutLog(new EC2Client(config))),
    elb: once(() => withoutLog(new ElasticLoadBalancingV2Client(config))),
    // Each attempt has to wait for its turn, of which the SDK knows nothing.
    cloudTrail: once(() => withoutLog(new CloudTrailClient({ ...config, maxAttempts: 1 }))),
    logs: once(() => withoutLog(new CloudWatchLogsClient(config))),
    // A flow log may deliver to a bucket in another region.
    s3: once(() => withoutLog(new S3Client({ ...config, followRegionRedirects: true }))),
    sts: once(() => withoutLog(new STSClient(config))),
    athena: once(async () => withoutLog(new (await import('@aws-sdk/client-athena')).AthenaClient(config))),
  };
}

interface Logging {
  readonly middlewareStack: { readonly remove: (name: string) => boolean };
}

/** The SDK copies every question and every answer for a log that nobody keeps. */
function withoutLog<Client extends Logging>(client: Client): Client {
  client.middlewareStack.remove('loggerMiddleware');
  return client;
}
