import { describe, expect, it } from 'vitest';
import { ExpectedError } from '../../../src/failure/expected-error.ts';
import { measureTraffic, type Measuring } from '../../../src/workflow/measure-traffic.ts';
import { inputOf, linesOf, RICH_FIELDS } from '../../support/ask-why.ts';
import { buildVpc, type VpcBuilder } from '../../support/build-vpc.ts';
import { eni, nat } from '../../support/ids.ts';
import { clock } from '../../support/flow-lines.ts';

const { accept } = linesOf('nat');

const network = (fields = RICH_FIELDS, state = 'available'): VpcBuilder =>
  buildVpc()
    .subnet('out', '10.0.9.0/24')
    .natGateway('nat', { in: 'out', address: '10.0.9.4', publicAddress: '198.51.100.9', state })
    .flowLog({ fields });

const toS3 = { fields: { 'pkt-dst-aws-service': 'S3', bytes: 700_000 } };
const fromS3 = { fields: { 'pkt-src-aws-service': 'S3', bytes: 300_000 } };
const lines = [
  accept('10.0.9.4:40000 -> 203.0.113.80:443 tcp', toS3),
  accept('203.0.113.80:443 -> 10.0.9.4:40000 tcp', fromS3),
  accept('10.0.9.4:40001 -> 203.0.113.9:443 tcp', { fields: { bytes: 999 } }),
];

/** What the records of an hour say, as the collector would bring them. */
const readFrom =
  (vpc: VpcBuilder): Measuring['collect'] =>
  async ({ target }) => {
    expect(target).toEqual({ kind: 'network-interface', id: eni('nat') });
    const { interfaceId, observations, logReadings } = inputOf(vpc, { of: 'nat', lines });
    return { interfaceId, observations, logReadings, snapshots: [], cost: { calls: 1, rounds: 1, milliseconds: 1 } };
  };

const measure = (vpc: VpcBuilder, collect = readFrom(vpc)) =>
  measureTraffic(vpc.build().snapshot, {
    collect,
    askedBy: 'audit-prod',
    now: clock('12:30:00'),
    signal: new AbortController().signal,
  });

const refused = (): never => {
  throw new ExpectedError({ kind: 'throttled', service: 'CloudWatch Logs' });
};

describe('what NAT gateways carried to AWS services', () => {
  it('is counted both ways, by service', async () => {
    expect(await measure(network())).toMatchObject({
      throughNat: [
        { at: nat('nat'), service: 's3', bytes: 1_000_000 },
        { at: nat('nat'), service: 'dynamodb', bytes: 0 },
      ],
      window: { start: clock('11:30:00'), end: clock('12:30:00') },
    });
  });

  it.each([
    ['the log does not name services (FLOW-26)', network('version account-id interface-id srcaddr dstaddr')],
    ['the gateway is gone', network(RICH_FIELDS, 'deleted')],
    ['there is no gateway', buildVpc().paths()],
  ])('is not measured where %s', async (_, vpc) => {
    expect(await measure(vpc)).toBeUndefined();
  });

  it('is not measured where the records cannot be read', async () => {
    expect(await measure(network(), refused)).toBeUndefined();
  });
});
