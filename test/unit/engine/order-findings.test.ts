import { describe, expect, it } from 'vitest';
import { mergeFindings } from '../../../src/engine/merge-findings.ts';
import { orderFindings, rejectedRecords } from '../../../src/engine/order-findings.ts';
import type { Finding, RowId } from '../../../src/engine/finding.ts';
import { flowOfGroup } from '../../../src/engine/packet-of-flow.ts';
import { formatAddress } from '../../../src/net/address.ts';
import { observe, rich } from '../../support/flow-lines.ts';

interface Told {
  readonly row?: RowId;
  readonly verdict?: Finding['verdict'];
  readonly client?: string;
  readonly records?: number;
}

/** Somebody at port 3306, turned away so often. */
function finding({ row = 'T-1', verdict = 'blocked', client = '10.0.2.5', records = 1 }: Told): Finding {
  const lines = Array.from({ length: records }, (_, port) =>
    rich.reject(`${client}:${40_000 + port} -> 10.0.1.9:3306 tcp`, { flags: 2 }),
  );
  const group = observe(lines).groups[0]!;
  const flow = flowOfGroup(group, { direction: 'ingress', leg: 'forward' });
  return { row, verdict, confidence: 'likely', alternatives: [], flow, group, blockedBy: [], reasons: [], gaps: [] };
}

describe('the order of findings', () => {
  const ordered: readonly Finding[] = [
    finding({ verdict: 'blocked', records: 3 }),
    finding({ verdict: 'blocked', row: 'T-2', records: 2 }),
    finding({ verdict: 'blocked', row: 'T-10', records: 2 }),
    finding({ verdict: 'was-blocked', records: 9 }),
    finding({ verdict: 'undetermined', records: 9 }),
    finding({ verdict: 'not-a-rule', records: 9 }),
    finding({ verdict: 'no-evidence', records: 9 }),
  ];

  it.each([
    ['listed backwards', ordered.toReversed()],
    ['listed in order', ordered],
    ['listed anyhow', [3, 0, 5, 2, 6, 1, 4].map((index) => ordered[index]!)],
  ])('is by verdict, then by rejected records, then by row, however they are %s', (_, findings) => {
    expect(orderFindings(findings)).toEqual(ordered);
  });

  it('counts the records of all that a finding stands for', () => {
    const { group, ...alone } = finding({ records: 2 });
    const alike = [finding({ records: 3 }).group!];

    expect(rejectedRecords({ ...alone, group: group!, alike })).toBe(5);
    expect(rejectedRecords({ ...alone, alike })).toBe(3);
    expect(rejectedRecords(alone)).toBe(0);
  });
});

const answerTo = (client: string): Finding => {
  const group = observe([rich.reject(`10.0.1.9:443 -> ${client} tcp`, { flags: 18 })]).groups[0]!;
  return {
    ...finding({ client: '10.0.2.5', records: 1 }),
    group,
    flow: flowOfGroup(group, { direction: 'egress', leg: 'return' }),
  };
};

describe('one finding for many', () => {
  const clients = [
    finding({ client: '10.0.2.5', records: 1 }),
    finding({ client: '10.0.2.6', records: 3 }),
    finding({ client: '10.0.2.7', records: 2 }),
  ];

  it('is told for whom it struck most, however they are listed', () => {
    for (const findings of [clients, clients.toReversed()]) {
      const [merged, ...others] = mergeFindings(findings);

      expect(others).toEqual([]);
      expect(formatAddress(merged!.flow.source)).toBe('10.0.2.6');
      expect(merged!.alike!.map(({ remote }) => formatAddress(remote))).toEqual(['10.0.2.7', '10.0.2.5']);
    }
  });

  it('stays as it is where it struck one', () => {
    expect(mergeFindings([clients[0]!])).toEqual([clients[0]]);
    expect(mergeFindings([clients[0]!])[0]).not.toHaveProperty('alike');
  });

  it('is made of answers to clients at different ports, too', () => {
    const answers = [answerTo('10.0.2.5:40000'), answerTo('10.0.2.6:41000')];

    expect(mergeFindings(answers)).toHaveLength(1);
  });
});
