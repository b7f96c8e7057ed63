import * as z from 'zod';
import type { LogGroup } from '../flow-log.ts';
import type { AccountId, Region } from '../ids.ts';
import type { RawSnapshot } from '../raw-snapshot.ts';
import { parseItems, type Parsed } from './parse-items.ts';
import { present } from './present.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_LogGroup.html */
export function parseLogGroups(
  raw: RawSnapshot,
  { accountId, region }: { readonly accountId: AccountId; readonly region: Region },
): Parsed<LogGroup> {
  const schema = RawLogGroup.transform((group) => ({ ...group, accountId, region }));
  return parseItems(raw, { member: 'LogGroups', idField: 'logGroupName', fact: 'log-group', schema });
}

const RawLogGroup = z
  .object({
    logGroupName: z.string().min(1),
    retentionInDays: z.number().int().positive().optional(),
    logGroupClass: z.string().optional(),
  })
  .transform((group) =>
    present({ name: group.logGroupName, retentionInDays: group.retentionInDays, logGroupClass: group.logGroupClass }),
  );
