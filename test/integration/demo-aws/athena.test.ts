import { StartQueryExecutionCommand } from '@aws-sdk/client-athena';
import { expect, it } from 'vitest';
import { bucketOf, keyOf, textFile } from '../aws/log-world.ts';
import { accept } from '../../support/flow-lines.ts';
import { connect } from './connect.ts';

const FILES = bucketOf({ [keyOf({ at: '12:05:00' })]: textFile([accept('192.0.2.9:1 -> 10.0.1.10:443 tcp')]) });
const LOGS = {
  buckets: [FILES],
  tables: [{ database: 'logs', table: 'flows', bucket: FILES.name }],
};

const ORDER = `ORDER BY CASE WHEN "action" = 'REJECT' THEN 0 ELSE 1 END, "start" DESC\nLIMIT 10`;

it.each([
  ['what it cannot parse', 'SELECT srcaddr FROM flows', []],
  ['a value that is no literal', `SELECT * FROM "logs"."flows"\nWHERE "interface_id" = ?\n${ORDER}`, ['eni-1']],
  ['a value too few', `SELECT * FROM "logs"."flows"\nWHERE "start" <= ? AND "end" >= ?\n${ORDER}`, ['1']],
  ['a value too many', `SELECT * FROM "logs"."flows"\nWHERE "start" <= ?\n${ORDER}`, ['1', '2']],
])('Athena refuses %s', async (_, QueryString, ExecutionParameters) => {
  const { athena } = await connect(LOGS);

  await expect(athena.send(new StartQueryExecutionCommand({ QueryString, ExecutionParameters }))).rejects.toMatchObject(
    { name: 'InvalidRequestException' },
  );
});
