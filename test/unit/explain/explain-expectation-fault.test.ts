import { expect, it } from 'vitest';
import { auditSnapshot } from '../../../src/audit/audit-snapshot.ts';
import type { ExpectationFault } from '../../../src/audit/expectations/expectation-fault.ts';
import type { Expectation, MeantEnd } from '../../../src/audit/expectations/expectation.ts';
import { explainExpectationFault } from '../../../src/explain/explain-expectation-fault.ts';
import { parseAddress } from '../../../src/net/address.ts';
import { TCP } from '../../../src/net/protocol.ts';
import { auditOf } from '../../support/audits.ts';
import { buildVpc } from '../../support/build-vpc.ts';
import { instance, sg } from '../../support/ids.ts';
import { allow, tcp } from '../../support/rules.ts';
import { tellFaults } from '../../support/tell-faults.ts';

const world = buildVpc()
  .paths()
  .subnet('app', '10.0.1.0/24')
  .securityGroup('web')
  .securityGroup('db', { ingress: [allow(tcp(5432), '10.0.1.0/24')] })
  .interface('web', { subnet: 'app', address: '10.0.1.10', groups: ['web'] })
  .interface('orders', { subnet: 'app', address: '10.0.1.20', groups: ['db'] })
  .interface('odd', { subnet: 'app', address: '10.0.1.30', groups: ['unread'] });

const named = (name: string): MeantEnd => ({ kind: 'name', name });

const line = (must: Expectation['must'], to: string, port: number): Expectation => ({
  must,
  from: { written: 'web', meant: named('web') },
  to: { written: to, meant: named(to) },
  protocol: TCP,
  port,
});

function told(kind: ExpectationFault['kind'], expectation: Expectation) {
  const audited = auditOf(world, { expectations: [expectation] });
  return tellFaults(auditSnapshot(audited, ['expectations']), kind, (finding) =>
    finding.fault.family === 'expectations'
      ? explainExpectationFault(finding.fault, finding, audited.snapshot)
      : undefined,
  );
}

it('tells what is not reachable with the first obstacle, and how to see the path', () => {
  const telling = told('must-reach-broken', line('reach', 'orders', 443));

  expect(telling.title).toMatch(
    /^"web must reach orders on tcp\/443" is broken: tcp\/443 from web to orders: no inbound rule of/,
  );
  expect(telling.evidence.join(' ')).toContain(sg('db'));
  expect(telling.fix).toContain(
    `vpc-why path ${instance('web')} ${instance('orders')} \\\n  --protocol tcp --port 443`,
  );
});

it('tells what is reachable and must not be', () => {
  expect(told('must-not-reach-broken', line('not-reach', 'orders', 5432)).title).toBe(
    '"web must not reach orders on tcp/5432" is broken: tcp/5432 from web to orders gets there, and its answer gets back.',
  );
});

it('tells what could not be checked by what is missing, and not as broken', () => {
  const telling = told('expectation-undetermined', line('reach', 'odd', 443));

  expect(telling.title).toMatch(/^"web must reach odd on tcp\/443" could not be checked: /);
  expect(telling.evidence.join(' ')).toContain(sg('unread'));
});

it('tells which name is nothing', () => {
  expect(told('expectation-names-nothing', line('reach', 'ordres', 5432)).title).toBe(
    '"web must reach ordres on tcp/5432" could not be checked: "ordres" is nothing that we know.',
  );
});

it('tells why a path cannot be', () => {
  const far: MeantEnd = { kind: 'path-end', end: { kind: 'address', address: parseAddress('2001:db8::1')! } };
  const expectation = { ...line('reach', 'far', 443), to: { written: '2001:db8::1', meant: far } };

  expect(told('expectation-not-checkable', expectation).title).toContain('there can be no such path');
});
