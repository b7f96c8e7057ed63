import { DuckDBInstance } from '@duckdb/node-api';
import { DEFAULT_FORMAT } from '../../src/flowlog/format.ts';
import { TOP, type TopRejects } from './top-rejects.ts';

const COLUMNS = DEFAULT_FORMAT.fields
  .map((field) => `'${field}': '${/port|protocol|packets|bytes|start|end/.test(field) ? 'BIGINT' : 'VARCHAR'}'`)
  .join(', ');

const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
const connection = await instance.connect();

export async function countByDuckDb(...paths: readonly string[]): Promise<TopRejects> {
  const reader = await connection.runAndReadAll(`
    SELECT concat_ws(' ', "interface-id", srcaddr, dstaddr, dstport, protocol) AS flow, count(*) AS records
    FROM read_csv([${paths.map((path) => `'${path}'`).join(', ')}], delim = ' ', header = true, auto_detect = false, nullstr = '-', columns = {${COLUMNS}})
    WHERE action = 'REJECT'
    GROUP BY "interface-id", srcaddr, dstaddr, dstport, protocol
    ORDER BY records DESC, flow
    LIMIT ${TOP}`);
  return reader.getRows().map(([flow, records]) => ({ flow: String(flow), records: Number(records) }));
}
