import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../../src/engine/diagnose.ts';
import {
  ask,
  type Asked,
  culprits,
  gapFacts,
  inputOf,
  linesOf,
  only,
  reasonKinds,
  RICH_FIELDS,
} from '../../../support/ask-why.ts';
import { buildVpc, type VpcBuilder } from '../../../support/build-vpc.ts';
import { eni, rtb, sg } from '../../../support/ids.ts';
import { route, viaInternetGateway, type RoutePlan } from '../../../support/routes.ts';
import { allow, anything, egress, icmp, ingress, tcp, type AclEntry, type GroupRule } from '../../../support/rules.ts';

const { accept, skipdata } = linesOf('web');
const anywhere = '0.0.0.0/0';
const inAnywhere = ingress(100).allow(anything, anywhere);
const outAnywhere = egress(100).allow(anything, anywhere);

interface World {
  readonly rules?: readonly GroupRule[];
  readonly entries?: readonly AclEntry[];
  /** The ACL of the client's subnet. */
  readonly far?: readonly AclEntry[];
}

/** A web server at 10.0.1.9 and a client at 10.0.2.5; everything is allowed unless told otherwise. */
function web({ rules = [allow(tcp(443), anywhere)], entries, far }: World = {}) {
  const vpc = buildVpc()
    .subnet('web', '10.0.1.0/24')
    .subnet('far', '10.0.2.0/24')
    .securityGroup('web', { ingress: rules })
    .interface('web', { subnet: 'web', address: '10.0.1.9', groups: ['web'] })
    .interface('client', { subnet: 'far', address: '10.0.2.5', groups: ['web'] })
    .flowLog({ fields: RICH_FIELDS });
  const withAcl = entries === undefined ? vpc : vpc.acl('web', entries);
  return far === undefined ? withAcl : withAcl.acl('far', far);
}

const request = (flags: number, options = {}) => accept('10.0.2.5:40000 -> 10.0.1.9:443 tcp', { flags, ...options });
const answer = (flags: number, options = {}) => accept('10.0.1.9:443 -> 10.0.2.5:40000 tcp', { flags, ...options });

/** Nothing was rejected, so the flow is asked for by name. */
const askAbout = (vpc: ReturnType<typeof web>, lines: readonly string[], changes?: []) =>
  only(ask(vpc, { of: 'web', lines, from: '10.0.2.5', ...(changes && { changes }) }));

describe("T-35 the ACL of the client's subnet", () => {
  const deaf = web({ far: [outAnywhere] });

  it('T-35 is likely, from configuration alone, and says whose records are missing', () => {
    const finding = askAbout(deaf, [request(2, { packets: 3 }), answer(18, { packets: 3 })]);

    expect(finding).toMatchObject({ row: 'T-35', verdict: 'blocked', confidence: 'likely' });
    expect(culprits(finding)).toEqual(['network-acl ingress 32767']);
    expect(finding.gaps).toContainEqual(expect.objectContaining({ fact: 'flow-log-records', about: eni('client') }));
  });

  it('T-35 does not hold where the client went on, so that the answer reached it', () => {
    expect(askAbout(deaf, [request(3), answer(19)]).row).toBe('T-36');
  });

  it('T-35 does not hold where the far ACL lets answers in', () => {
    expect(askAbout(web({ far: [inAnywhere] }), [request(2), answer(18)]).row).toBe('T-36');
  });
});

describe('T-36 both ways pass', () => {
  it('T-36 is no rule, and large packets may still be the trouble', () => {
    const finding = askAbout(web(), [request(3, { packets: 9 }), answer(19, { packets: 9 })]);

    expect(finding).toMatchObject({ row: 'T-36', verdict: 'not-a-rule', confidence: 'likely', alternatives: [] });
    expect(reasonKinds(finding)).toContain('configuration-allows');
  });

  it('T-36 is only possible where no handshake was seen', () => {
    expect(askAbout(web(), [request(0), answer(0)])).toMatchObject({ row: 'T-36', confidence: 'possible' });
  });

  it('T-36 is likely for UDP, which has no handshake', () => {
    const lines = [
      accept('10.0.2.5:40000 -> 10.0.1.9:443 udp', { at: '12:00:00' }),
      accept('10.0.1.9:443 -> 10.0.2.5:40000 udp', { at: '12:00:01' }),
    ];

    expect(askAbout(web({ rules: [allow(anything, anywhere)] }), lines)).toMatchObject({
      row: 'T-36',
      confidence: 'likely',
    });
  });

  it('T-36 is only possible where the requests are not on record', () => {
    const finding = askAbout(web(), [answer(18)]);

    expect(finding).toMatchObject({ row: 'T-36', confidence: 'possible' });
    expect(gapFacts(finding)).toEqual(['flow-log-records']);
  });
});

describe('T-37 the host answers with a reset', () => {
  it('T-37 is no rule: nothing listens', () => {
    const finding = askAbout(web(), [request(2), answer(4)]);

    expect(finding).toMatchObject({ row: 'T-37', verdict: 'not-a-rule', confidence: 'likely', alternatives: [] });
    expect(reasonKinds(finding)).toEqual(['host-reset', 'rests-on-inference']);
  });

  it('T-37 does not hold for a reset after the handshake', () => {
    expect(askAbout(web(), [request(2), answer(22)]).row).toBe('T-36');
  });
});

describe('T-38 the host does not answer', () => {
  it('T-38 is no rule where packets came again and again', () => {
    const finding = askAbout(web(), [request(2, { packets: 4 })]);

    expect(finding).toMatchObject({ row: 'T-38', verdict: 'not-a-rule', confidence: 'likely' });
    expect(reasonKinds(finding)).toContain('no-answer-from-host');
  });

  it('T-38 is only possible for a single packet, to which perhaps nobody has to answer', () => {
    expect(askAbout(web(), [request(2)])).toMatchObject({ row: 'T-38', confidence: 'possible' });
  });

  it.each([
    ['records were lost', [request(2, { packets: 4 }), skipdata('12:00:00', '12:01:00')]],
    ['the answer may not be delivered yet', [request(2, { packets: 4, at: '12:29:00' })]],
  ])('T-38 is undetermined where %s', (_, lines) => {
    const finding = askAbout(web(), lines);

    expect(finding).toMatchObject({ row: 'T-38', verdict: 'undetermined' });
    expect(gapFacts(finding)).toContain('flow-log-records');
  });
});

/** Its second interface lets out what its groups say. */
const two = ({ outbound = [allow(anything, anywhere)], checked = true, entries = [] as AclEntry[] } = {}) => {
  const vpc = web()
    .subnet('side', '10.0.3.0/24')
    .securityGroup('side', { ingress: [], egress: outbound })
    .interface('second', {
      subnet: 'side',
      address: '10.0.3.77',
      groups: ['side'],
      instance: 'web',
      sourceDestCheck: checked,
    });
  return entries.length === 0 ? vpc : vpc.acl('side', entries);
};

describe('T-39 the answer may have left by another interface of the instance (CT-20, CT-21)', () => {
  const second = linesOf('second');
  const asked = [request(2, { packets: 4 })];
  const answered = '10.0.1.9:443 -> 10.0.2.5:40000 tcp';
  const askBoth = (others: Asked['others'], vpc = two(), lines: readonly string[] = asked) =>
    only(ask(vpc, { of: 'web', lines, from: '10.0.2.5', ...(others && { others }) }));

  it('T-39 is undetermined before anybody looked, and says whose records are missing', () => {
    const finding = askBoth(undefined);

    expect(finding).toMatchObject({ row: 'T-39', verdict: 'undetermined', alternatives: ['T-38'] });
    expect(finding.gaps).toEqual([{ fact: 'flow-log-records', about: eni('second'), because: 'not-collected' }]);
  });

  it('T-39 is no rule where the answer left by the other one', () => {
    const finding = askBoth({ second: [second.accept(answered, { flags: 18, direction: 'egress' })] });

    expect(finding).toMatchObject({ row: 'T-39', verdict: 'not-a-rule', confidence: 'likely', alternatives: [] });
    expect(finding.reasons[0]).toEqual({
      kind: 'answered-by-other-interface',
      interfaceId: eni('second'),
      action: 'ACCEPT',
      isChecked: true,
    });
  });

  it('T-39 does not speak of the source/destination check where it is off (EVAL-13)', () => {
    const lines = [second.accept(answered, { flags: 18, direction: 'egress' })];

    expect(askBoth({ second: lines }, two({ checked: false })).reasons[0]).toMatchObject({ isChecked: false });
  });

  it('T-39 knows the answer in a log without packet addresses, which names the other interface instead (FLOW-45)', () => {
    const lines = [second.accept('10.0.3.77:443 -> 10.0.2.5:40000 tcp', { flags: 18 })];

    expect(askBoth({ second: lines })).toMatchObject({ row: 'T-39', verdict: 'not-a-rule' });
  });

  it('T-39 blames the groups of the other interface where they reject the answer', () => {
    const narrow = two({ outbound: [allow(tcp(5432), anywhere)] });
    const finding = askBoth({ second: [second.reject(answered, { flags: 18, direction: 'egress' })] }, narrow);

    expect(finding).toMatchObject({ row: 'T-39', verdict: 'blocked', confidence: 'likely' });
    expect(finding.blockedBy).toMatchObject([
      { kind: 'path', obstacle: { kind: 'security-group', id: sg('side'), leg: 'return', direction: 'egress' } },
    ]);
    expect(finding).not.toHaveProperty('fix');
  });

  it('T-39 blames the ACL there, by its entry', () => {
    const deaf = two({ entries: [inAnywhere, egress(80).deny(tcp(40000), anywhere), outAnywhere] });
    const finding = askBoth({ second: [second.reject(answered, { flags: 18, direction: 'egress' })] }, deaf);

    expect(finding.blockedBy).toMatchObject([
      { kind: 'path', obstacle: { kind: 'network-acl', ruleNumber: 80, leg: 'return', direction: 'egress' } },
    ]);
  });

  it('T-39 blames nobody where the rules there let the rejected answer out today', () => {
    const finding = askBoth({ second: [second.reject(answered, { flags: 18, direction: 'egress' })] });

    expect(finding).toMatchObject({ row: 'T-39', verdict: 'undetermined', blockedBy: [] });
    expect(gapFacts(finding)).toContain('configuration-changes');
  });

  it.each([
    ['to another client', '10.0.1.9:443 -> 10.0.2.6:40000 tcp'],
    ['to another port of the client', '10.0.1.9:443 -> 10.0.2.5:40001 tcp'],
    ['from another service', '10.0.1.9:8443 -> 10.0.2.5:40000 tcp'],
    ['of another protocol', '10.0.1.9:443 -> 10.0.2.5:40000 udp'],
  ])('T-38 holds where what left there went %s', (_, flow) => {
    const finding = askBoth({ second: [second.accept(flow, { flags: 18, direction: 'egress' })] });

    expect(finding).toMatchObject({ row: 'T-38', verdict: 'not-a-rule' });
  });

  it('T-38 holds where the other one answered what it was asked itself', () => {
    const lines = [
      second.accept('10.0.2.5:40000 -> 10.0.3.77:443 tcp', { flags: 2 }),
      second.accept('10.0.3.77:443 -> 10.0.2.5:40000 tcp', { flags: 18 }),
    ];

    expect(askBoth({ second: lines })).toMatchObject({ row: 'T-38', alternatives: [] });
  });

  it('T-38 holds where the answers there are older than the question', () => {
    const lines = [second.accept(answered, { flags: 18, direction: 'egress', at: '11:40:00' })];

    expect(askBoth({ second: lines }).row).toBe('T-38');
  });

  it('T-38 stands once all others were silent, with the doubt that a dropped answer leaves no record (EVAL-14)', () => {
    const finding = askBoth({ second: [] });

    expect(finding).toMatchObject({ row: 'T-38', verdict: 'not-a-rule', confidence: 'likely', alternatives: [] });
    expect(finding.reasons).toContainEqual({ kind: 'rests-on-inference', facts: ['EVAL-14'] });
    expect(reasonKinds(askBoth({ second: [] }, two({ checked: false })))).not.toContain('rests-on-inference');
  });

  it.each([
    ['AWS refused its records', 'access-denied', 'access-denied'],
    ['AWS lost some of its records', [second.skipdata('12:00:00', '12:01:00')], 'incomplete'],
  ] as const)('T-39 is undetermined where %s, and says so', (_, others, because) => {
    const finding = askBoth({ second: others });

    expect(finding).toMatchObject({ row: 'T-39', verdict: 'undetermined', alternatives: ['T-38'] });
    expect(finding.gaps).toMatchObject([{ fact: 'flow-log-records', about: eni('second'), because }]);
  });

  it('T-39 is undetermined while one of several was not read, unless another shows the answer', () => {
    const three = two().interface('third', { subnet: 'side', address: '10.0.3.78', groups: ['side'], instance: 'web' });
    const lines = [second.accept(answered, { flags: 18, direction: 'egress' })];

    expect(askBoth({ second: [] }, three)).toMatchObject({ verdict: 'undetermined', gaps: [{ about: eni('third') }] });
    expect(askBoth({ second: lines }, three)).toMatchObject({ verdict: 'not-a-rule' });
  });
});

describe('T-40 answers that do not arrive', () => {
  it('T-40 is no rule of this interface, and names the way back as unread', () => {
    const finding = askAbout(web(), [request(2, { packets: 6 }), answer(18, { packets: 6 })]);

    expect(finding).toMatchObject({ row: 'T-40', verdict: 'not-a-rule', confidence: 'likely', alternatives: [] });
    expect(finding.gaps).toEqual([{ fact: 'path', about: 'way-back', because: 'not-collected' }]);
  });

  it('T-40 does not hold once more than a handshake was seen', () => {
    expect(askAbout(web(), [request(3, { packets: 6 }), answer(18, { packets: 6 })]).row).toBe('T-36');
  });
});

describe('T-63 an old connection lives on', () => {
  const closed = web({ rules: [] });

  it('T-63 is likely: new connections will be blocked by the groups', () => {
    const finding = askAbout(closed, [request(0, { packets: 9 }), answer(0, { packets: 9 })]);

    expect(finding).toMatchObject({ row: 'T-63', verdict: 'blocked', confidence: 'likely', alternatives: [] });
    expect(culprits(finding)).toEqual(['security-group ingress']);
  });

  it('T-63 does not hold where the ACL denies, which remembers nothing', () => {
    expect(askAbout(web({ rules: [], entries: [outAnywhere] }), [request(0)]).row).toBe('T-64');
  });
});

describe('T-64 accepted although the rules deny', () => {
  it.each([
    ['the groups', web({ rules: [] })],
    ['the ACL', web({ entries: [outAnywhere] })],
  ])('T-64 is undetermined for a new connection that %s would deny', (_, vpc) => {
    const finding = askAbout(vpc, [request(2), answer(18)], []);

    expect(finding).toMatchObject({ row: 'T-64', verdict: 'undetermined', blockedBy: [] });
    expect(reasonKinds(finding)).toEqual(expect.arrayContaining(['configuration-denies', 'rests-on-inference']));
  });
});

it.each([
  ['tells of limits where a very great many connections were all accepted', 55_000, 'T-66'],
  ['does not hold for fewer', 54_999, 'T-36'],
])('T-66 %s', (_, conversations, row) => {
  const input = inputOf(web(), { of: 'web', lines: [request(3), answer(19)], port: 443 });
  const groups = input.observations.groups.map((group) => ({ ...group, conversations }));

  const finding = only(diagnose({ ...input, observations: { ...input.observations, groups } }));

  expect(finding).toMatchObject({ row, verdict: 'not-a-rule' });
});

const asked = (vpc: VpcBuilder, lines: readonly string[]) => only(ask(vpc, { of: 'web', lines, port: 443 }));

describe('with the way followed', () => {
  const tooBigKeptOut = [ingress(100).allow(tcp(), '0.0.0.0/0'), egress(100).allow(anything, '0.0.0.0/0')];
  const server = (
    routes: readonly RoutePlan[],
    entries = [...tooBigKeptOut, ingress(110).allow(icmp(3, 4), anywhere)],
  ) =>
    buildVpc()
      .subnet('web', '10.0.1.0/24')
      .acl('web', entries)
      .internetGateway()
      .routeTable('web', routes)
      .securityGroup('web', { ingress: [allow(tcp(443), anywhere)] })
      .interface('web', { subnet: 'web', address: '10.0.1.9', publicAddress: '198.51.100.9', groups: ['web'] })
      .flowLog({ fields: RICH_FIELDS });
  const handshakes = [
    accept('203.0.113.7:40000 -> 10.0.1.9:443 tcp', { flags: 2, packets: 6 }),
    accept('10.0.1.9:443 -> 203.0.113.7:40000 tcp', { flags: 18, packets: 6 }),
  ];
  const transfers = [
    accept('203.0.113.7:40000 -> 10.0.1.9:443 tcp', { flags: 3, packets: 60 }),
    accept('10.0.1.9:443 -> 203.0.113.7:40000 tcp', { flags: 19, packets: 60 }),
  ];
  const toInternet = route('0.0.0.0/0', viaInternetGateway());

  it('T-40 names the table that knows no way back', () => {
    expect(asked(server([]), handshakes)).toMatchObject({
      row: 'T-40',
      verdict: 'blocked',
      confidence: 'likely',
      blockedBy: [{ kind: 'path', obstacle: { kind: 'route', leg: 'return', id: rtb('web'), reason: 'no-route' } }],
    });
  });

  it('T-40 leaves nothing unseen where the way back is open', () => {
    expect(asked(server([toInternet]), handshakes)).toMatchObject({ row: 'T-40', verdict: 'not-a-rule', gaps: [] });
  });

  it('T-41 stands beside T-36 where the ACL keeps out what tells of too large packets', () => {
    expect(asked(server([toInternet], tooBigKeptOut), transfers)).toMatchObject({
      row: 'T-36',
      alternatives: expect.arrayContaining(['T-41']),
    });
  });

  it('T-41 does not hold where the ACL lets it in', () => {
    expect(asked(server([toInternet]), transfers).alternatives).not.toContain('T-41');
  });
});

describe('what is said beside the answer', () => {
  it('T-35 is that the configuration denies, for the answer never arrived on record', () => {
    const finding = askAbout(web({ far: [outAnywhere] }), [request(2), answer(18)]);

    expect(reasonKinds(finding)).toEqual(['configuration-denies']);
  });

  it('T-36 is that the rules allow it today, and nothing is missing', () => {
    const finding = askAbout(web(), [request(3), answer(19)]);

    expect(finding.reasons).toContainEqual({ kind: 'configuration-allows', today: true });
    expect(finding.gaps).toEqual([]);
  });

  it('T-38 is that the rules allow it, and that the host stayed silent', () => {
    expect(reasonKinds(askAbout(web(), [request(2, { packets: 4 })]))).toEqual([
      'configuration-allows',
      'no-answer-from-host',
    ]);
  });

  it('T-40 is that the rules allow it, and what the flags suggest', () => {
    const finding = askAbout(web(), [request(2, { packets: 6 }), answer(18, { packets: 6 })]);

    expect(finding.reasons).toEqual([
      { kind: 'configuration-allows', today: true },
      { kind: 'rests-on-inference', facts: ['FLOW-65'] },
    ]);
  });

  it('T-63 is that the configuration denies', () => {
    expect(reasonKinds(askAbout(web({ rules: [] }), [request(0), answer(0)]))).toEqual(['configuration-denies']);
  });

  it('T-64 is that the configuration denies, and that nobody saw it change', () => {
    const finding = askAbout(web({ rules: [] }), [request(2), answer(18)], []);

    expect(finding.reasons).toMatchObject([{ kind: 'configuration-denies' }, { kind: 'rests-on-inference' }]);
    expect(finding.gaps).toEqual([{ fact: 'configuration-changes', because: 'not-collected' }]);
  });
});

describe('connections of one flow that fared differently', () => {
  it('T-35 does not hold where one of them went on', () => {
    const lines = [request(2), answer(18), request(0, { at: '12:05:00' })];

    expect(askAbout(web({ far: [outAnywhere] }), lines).row).toBe('T-36');
  });

  it('T-37 holds where one was reset', () => {
    expect(askAbout(web(), [request(2), answer(4), answer(0, { at: '12:05:00' })]).row).toBe('T-37');
  });

  it('T-40 does not hold where one of them went on', () => {
    const lines = [request(2, { packets: 6 }), answer(18, { packets: 6 }), request(0, { at: '12:05:00' })];

    expect(askAbout(web(), lines).row).toBe('T-36');
  });

  it('T-36 is likely where one handshake was seen', () => {
    const lines = [request(2), answer(18), request(0, { at: '12:05:00' }), answer(0, { at: '12:05:00' })];

    expect(askAbout(web(), lines)).toMatchObject({ row: 'T-36', confidence: 'likely' });
  });
});

it('T-38 is undetermined where not all records were read', () => {
  const input = inputOf(web(), { of: 'web', lines: [request(2, { packets: 4 })], from: '10.0.2.5' });
  const { observations } = input;
  const reading = { ...observations.reading, stoppedEarly: 'record-limit' } as const;

  expect(only(diagnose({ ...input, observations: { ...observations, reading } }))).toMatchObject({
    row: 'T-38',
    verdict: 'undetermined',
  });
});
