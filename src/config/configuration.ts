import * as z from 'zod';
import { DEFAULT_PRICES } from '../audit/prices.ts';
import { DEFAULT_LIMITS } from '../aws/aws-settings.ts';
import { ConfiguredAccess } from './configured-access.ts';
import { ConfiguredAudits } from './configured-audit.ts';
import { ConfiguredLargeLogs } from './configured-large-logs.ts';

const regionName = z.string().regex(/^[a-z]{2,4}(-[a-z]{2,12}){1,3}-\d{1,2}$/, 'expected a region such as eu-west-1');

/** API-63: a role of another account is assumed with an external id or not at all (the confused deputy). */
const Account = z.strictObject({
  id: z.string({ error: 'expected the 12-digit account id in quotes' }).regex(/^\d{12}$/, 'expected 12 digits'),
  roleArn: z.string().regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/, 'expected the ARN of a role'),
  externalId: z
    .string({ error: 'expected an external id: a role without one could be assumed on behalf of somebody else' })
    .regex(/^[\w+=,.@:/-]{2,1224}$/, 'expected 2 to 1224 characters of letters, digits and +=,.@:/-'),
  regions: z.array(regionName).min(1, 'expected at least one region'),
});

const milliseconds = z.number().int().min(100).max(300_000);
const longMilliseconds = z.number().int().min(100).max(3_600_000);
const Limits = z.strictObject({
  connectMilliseconds: milliseconds.default(DEFAULT_LIMITS.connectMilliseconds),
  requestMilliseconds: milliseconds.default(DEFAULT_LIMITS.requestMilliseconds),
  collectMilliseconds: milliseconds.default(DEFAULT_LIMITS.collectMilliseconds),
  networkMilliseconds: longMilliseconds.default(DEFAULT_LIMITS.networkMilliseconds),
  logMilliseconds: milliseconds.default(DEFAULT_LIMITS.logMilliseconds),
  logRecords: z.number().int().min(1_000).max(100_000_000).default(DEFAULT_LIMITS.logRecords),
  logBytes: z.number().int().min(1_000_000).default(DEFAULT_LIMITS.logBytes),
  parquetBytes: z.number().int().min(1_000_000).default(DEFAULT_LIMITS.parquetBytes),
  changesMilliseconds: milliseconds.default(DEFAULT_LIMITS.changesMilliseconds),
  proofMilliseconds: milliseconds.default(DEFAULT_LIMITS.proofMilliseconds),
  proofRecords: z.number().int().min(1_000).max(10_000_000).default(DEFAULT_LIMITS.proofRecords),
  proofBytes: z.number().int().min(1_000_000).default(DEFAULT_LIMITS.proofBytes),
  callsAtOnce: z.number().int().min(1).max(50).default(DEFAULT_LIMITS.callsAtOnce),
  objectsAtOnce: z.number().int().min(1).max(50).default(DEFAULT_LIMITS.objectsAtOnce),
  pages: z.number().int().min(1).max(1_000).default(DEFAULT_LIMITS.pages),
  networkPages: z.number().int().min(1).max(10_000).default(DEFAULT_LIMITS.networkPages),
});

const price = z.number().min(0).max(1_000);
/** What AWS charges where you are: audits and queries of logs estimate with these. */
const PriceTable = z.strictObject({
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'expected a currency such as USD')
    .default(DEFAULT_PRICES.currency),
  natGatewayPerGb: price.default(DEFAULT_PRICES.natGatewayPerGb),
  interfaceEndpointPerGb: price.default(DEFAULT_PRICES.interfaceEndpointPerGb),
  interfaceEndpointPerHour: price.default(DEFAULT_PRICES.interfaceEndpointPerHour),
  logsInsightsPerGb: price.default(DEFAULT_PRICES.logsInsightsPerGb),
  athenaPerTb: price.default(DEFAULT_PRICES.athenaPerTb),
});

/** The configuration file, `vpc-why.yaml`. Everything in it has a default; unknown keys are refused. */
export const Configuration = z.strictObject({
  slack: z
    .strictObject({
      /** Absent: Socket Mode when there is an app token, else HTTP. */
      transport: z.enum(['http', 'socket-mode']).optional(),
      command: z
        .string()
        .regex(/^\/[a-z][a-z0-9_-]{0,30}$/, 'expected a command such as /vpc')
        .default('/vpc'),
      host: z.string().min(1).default('0.0.0.0'),
      port: z.number().int().min(0).max(65_535).default(3_000),
    })
    .prefault({}),
  aws: z
    .strictObject({
      accounts: z.array(Account).max(500).default([]),
      regions: z.array(regionName).max(50).default([]),
      limits: Limits.prefault({}),
      /** Absent: every log is read, as far as the limits allow. */
      largeLogs: ConfiguredLargeLogs.exactOptional(),
    })
    .prefault({}),
  access: ConfiguredAccess,
  audits: ConfiguredAudits,
  prices: PriceTable.prefault({}),
  /** `/healthz`, `/readyz` and `/metrics`, on a door of their own. */
  operations: z
    .strictObject({
      host: z.string().min(1).default('127.0.0.1'),
      /** 0: any that is free. */
      port: z.number().int().min(0).max(65_535).default(9_464),
    })
    .prefault({}),
  watch: z
    .strictObject({
      /** How long "Watch until fixed" goes on. */
      minutes: z.number().int().min(1).max(720).default(60),
      /** Between two looks at the flow logs; records come every minute at best (FLOW-52). */
      everySeconds: z.number().int().min(1).max(600).default(60),
    })
    .prefault({}),
  queue: z
    .strictObject({
      /** Questions answered at once by one worker process. */
      concurrency: z.number().int().min(1).max(100).default(3),
      /** Where the embedded default keeps its data when there is no `REDIS_URL`. */
      dataDirectory: z.string().min(1).default('.vpc-why'),
    })
    .prefault({}),
  log: z.strictObject({ level: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info') }).prefault({}),
});
export type Configuration = z.infer<typeof Configuration>;
