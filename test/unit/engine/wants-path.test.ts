import { expect, it } from 'vitest';
import type { Diagnosis } from '../../../src/engine/diagnosis.ts';
import { remoteVpcs, wantsPath } from '../../../src/engine/wants-path.ts';
import { ask, linesOf, RICH_FIELDS } from '../../support/ask-why.ts';
import { buildVpc, type VpcBuilder } from '../../support/build-vpc.ts';
import { vpc } from '../../support/ids.ts';
import { egress, tcp } from '../../support/rules.ts';
import { ACCOUNT, PEER_ACCOUNT, REGION } from '../../support/vpc-plan.ts';

const { accept, reject } = linesOf('app');

const app: VpcBuilder = buildVpc()
  .subnet('app', '10.0.1.0/24')
  .securityGroup('app')
  .interface('app', { subnet: 'app', address: '10.0.1.5', groups: ['app'] })
  .peering('partner', { cidrs: ['10.9.0.0/16'] })
  .peering('other', { cidrs: ['10.8.0.0/16'] })
  .flowLog({ fields: RICH_FIELDS });

const unanswered = accept('10.0.1.5:40000 -> 10.9.0.4:443 tcp', { flags: 2, packets: 4 });
const turnedAway = reject('203.0.113.9:40000 -> 10.0.1.5:8080 tcp', { flags: 2, packets: 9 });
const vpcsOf = (diagnosis: Diagnosis) => remoteVpcs(diagnosis, app.build().snapshot).map(({ vpcId }) => vpcId);

const balanced = app.interface('nlb', { subnet: 'app', address: '10.0.1.77', type: 'network_load_balancer' });

it.each([
  ['what was sent and never answered, while no route is known', app, unanswered, '10.9.0.4', true],
  ['the same, once the routes were read', app.paths(), unanswered, '10.9.0.4', false],
  ['an internet client where a load balancer may keep its address', balanced, turnedAway, '203.0.113.9', true],
  ['an internet client of a VPC without one', app, turnedAway, '203.0.113.9', false],
] as const)('%s', (...[, network, line, from, wanted]) => {
  const diagnosis = ask(network, { of: 'app', lines: [line], from });

  expect(wantsPath(diagnosis, network.build().snapshot)).toBe(wanted);
});

it('looks into its own VPC and the peer that holds the other end', () => {
  const diagnosis = ask(app, { of: 'app', lines: [unanswered], from: '10.9.0.4' });

  expect(vpcsOf(diagnosis)).toEqual([vpc('main'), vpc('partner')]);
});

it('knows in which account and region they are', () => {
  const far = { cidrs: ['10.9.0.0/16'], accountId: PEER_ACCOUNT, region: 'eu-central-1' };
  const network = app.peering('partner', far);
  const diagnosis = ask(network, { of: 'app', lines: [unanswered], from: '10.9.0.4' });

  expect(remoteVpcs(diagnosis, network.build().snapshot)).toEqual([
    { vpcId: vpc('main'), accountId: ACCOUNT, region: REGION },
    { vpcId: vpc('partner'), accountId: PEER_ACCOUNT, region: 'eu-central-1' },
  ]);
});

it('has other reasons to leave the way alone', () => {
  const reply = reject('10.0.1.5:443 -> 203.0.113.9:40000 tcp', { flags: 18 });
  const aclOnly = balanced.acl('app', [egress(100).allow(tcp(443), '0.0.0.0/0')]);
  const diagnosis = ask(aclOnly, { of: 'app', lines: [reply], from: '203.0.113.9' });

  expect(diagnosis.findings.map(({ verdict }) => verdict)).toEqual(['blocked']);
  expect(wantsPath(diagnosis, balanced.build().snapshot)).toBe(false);
});

it('wants it for one finding among others', () => {
  const denied = reject('10.0.1.77:40000 -> 10.0.1.5:8080 tcp', { flags: 2, packets: 9 });
  const diagnosis = ask(balanced, { of: 'app', lines: [denied, turnedAway] });

  expect(diagnosis.findings).toHaveLength(2);
  expect(wantsPath(diagnosis, balanced.build().snapshot)).toBe(true);
});

it('does not want it where the rules themselves tell, or the records are missing', () => {
  const silent = ask(app, { of: 'app', from: '10.9.0.4' });
  const old = ask(app, { of: 'app', lines: [reject('10.0.7.7:40000 -> 10.0.1.5:80 tcp', { flags: 0 })] });

  expect([silent, old].map((diagnosis) => wantsPath(diagnosis, app.build().snapshot))).toEqual([false, false]);
});

it('looks into its own VPC alone where no record tells the other end', () => {
  expect(vpcsOf(ask(app, { of: 'app' }))).toEqual([vpc('main')]);
});

it('looks into every peer that holds one of several ends', () => {
  const toOther = accept('10.0.1.5:40001 -> 10.8.0.4:443 tcp', { flags: 2, packets: 4 });
  const diagnosis = ask(app, { of: 'app', lines: [unanswered, toOther], port: 443 });

  expect(new Set(vpcsOf(diagnosis))).toEqual(new Set([vpc('main'), vpc('partner'), vpc('other')]));
});
