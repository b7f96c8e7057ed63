import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import { athenaQuery, PARTITIONS, type AthenaQuestion } from '../../../src/flowlog/athena-query.ts';
import { accept, clock, header, reject } from '../../support/flow-lines.ts';
import { eni, flowLog } from '../../support/ids.ts';
import { ACCOUNT, REGION } from '../../support/vpc-plan.ts';
import { keyOf, ofWeb } from './log-world.ts';

/** Another engine of SQL stands for Athena's: that the text is SQL, and asks for what is meant. */
async function ask(question: AthenaQuestion): Promise<readonly string[]> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const { text, values } = athenaQuery(question);
  await connection.run(`CREATE SCHEMA logs; CREATE TABLE logs.vpc_flow_logs (${COLUMNS.join(', ')})`);
  for (const row of ROWS) {
    const { partitions } = question.table;
    const day = String(row.at(-1));
    const cells = [...row.slice(0, -1), partitions === 'projection' ? `2026/11/${day}` : day];
    await connection.run(`INSERT INTO logs.vpc_flow_logs VALUES (${cells.map((value) => `'${value}'`).join(', ')})`);
  }
  const given = values.values();
  const reader = await connection.runAndReadAll(text.replaceAll('?', () => given.next().value ?? ''));
  const port = reader.columnNames().indexOf('srcport');
  return reader.getRows().map((row) => String(row[port]));
}

const NUMBERS: ReadonlySet<string> = new Set(['start', 'end']);
const NAMES = header().split(' ');
const PARTITION_NAMES = ['accid', 'region', 'aws-account-id', 'aws-region', 'year', 'month', 'hour'];
const COLUMNS = [
  ...NAMES.map((name) => `"${name.replaceAll('-', '_')}" ${NUMBERS.has(name) ? 'BIGINT' : 'VARCHAR'}`),
  ...PARTITION_NAMES.map((name) => `"${name}" VARCHAR`),
  '"date" DATE',
  '"$path" VARCHAR',
  '"day" VARCHAR',
];

const rowOf = (line: string, { at, log = 'flow-log', day = '20' }: { at: string; log?: string; day?: string }) => [
  ...line.split(' '),
  ACCOUNT,
  REGION,
  ACCOUNT,
  REGION,
  '2026',
  '11',
  at.slice(0, 2),
  `2026-11-${day}`,
  `s3://flows/${keyOf({ at, log })}`,
  day,
];

/** Told by their client's port. */
const ROWS = [
  rowOf(accept('192.0.2.9:1 -> 10.0.1.10:443 tcp', ofWeb('12:05:00')), { at: '12:05:00' }),
  rowOf(reject('192.0.2.9:2 -> 10.0.1.10:22 tcp', ofWeb('12:10:00')), { at: '12:10:00' }),
  rowOf(accept('192.0.2.9:3 -> 10.0.1.10:443 tcp', ofWeb('12:20:00')), { at: '12:20:00' }),
  rowOf(reject('192.0.2.9:4 -> 10.0.1.10:22 tcp', ofWeb('12:30:00')), { at: '12:30:00' }),
  rowOf(reject('192.0.2.9:5 -> 10.0.1.20:22 tcp', { eni: eni('db'), at: '12:30:00' }), { at: '12:30:00' }),
  rowOf(reject('192.0.2.9:6 -> 10.0.1.10:22 tcp', ofWeb('10:30:00')), { at: '10:30:00' }),
  rowOf(reject('192.0.2.9:7 -> 10.0.1.10:22 tcp', ofWeb('12:30:00')), { at: '12:30:00', log: 'another' }),
  rowOf(reject('192.0.2.9:8 -> 10.0.1.10:22 tcp', ofWeb('12:30:00')), { at: '12:30:00', day: '19' }),
];

const QUESTION: Omit<AthenaQuestion, 'table'> = {
  interfaceId: eni('web'),
  flowLogId: flowLog('flow-log'),
  accountId: ACCOUNT,
  region: REGION,
  window: { start: clock('12:00:00'), end: clock('13:00:00') },
  aggregationInterval: 60,
  mostRows: 100,
};

it.each(PARTITIONS)(
  'asks for the records of one interface and log in the window, rejects first: %s',
  async (partitions) => {
    const table = { database: 'logs', table: 'vpc_flow_logs', partitions };

    expect(await ask({ ...QUESTION, table })).toEqual(['4', '2', '3', '1']);
    expect(await ask({ ...QUESTION, table, mostRows: 3 })).toEqual(['4', '2', '3']);
  },
);
