import { expect, it } from 'vitest';
import { insightsQuery } from '../../../src/flowlog/insights-query.ts';
import { parseNetworkInterfaceId } from '../../../src/vpc/ids.ts';

const ENI = parseNetworkInterfaceId('eni-0a1b2c3d4e5f60718')!;

it('asks for the lines of one interface, rejects first and newest before oldest', () => {
  expect(insightsQuery(ENI, 500).split('\n')).toEqual([
    'fields strcontains(@message, "REJECT") * 10000000000000 + toMillis(@timestamp) as rank',
    '| filter @message like "eni-0a1b2c3d4e5f60718" or @logStream like "eni-0a1b2c3d4e5f60718-"',
    '| sort rank desc',
    '| display @timestamp, @message',
    '| limit 500',
  ]);
});

it('asks for no more rows than AWS gives', () => {
  expect(insightsQuery(ENI, 500_000)).toMatch(/limit 100000$/);
});
