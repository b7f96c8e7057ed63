import { describe, expect, it } from 'vitest';
import { ask, change, culprits, gapFacts, linesOf, only, reasonKinds, RICH_FIELDS } from '../../support/ask-why.ts';
import { buildVpc } from '../../support/build-vpc.ts';
import { sg } from '../../support/ids.ts';
import { allow, anything, egress, ingress, tcp, type AclEntry, type GroupRule } from '../../support/rules.ts';
import type { FlowLogPlan } from '../../support/vpc-plan.ts';

/** A log without flags: who opened is told by ports and order only (FLOW-64, FLOW-65). */
const WITHOUT_FLAGS = RICH_FIELDS.replace(' tcp-flags', '');
const { accept, reject } = linesOf('web', WITHOUT_FLAGS);
const anywhere = '0.0.0.0/0';
const inAnywhere = ingress(100).allow(anything, anywhere);
const outAnywhere = egress(100).allow(anything, anywhere);

interface World {
  readonly inbound?: readonly GroupRule[];
  readonly outbound?: readonly GroupRule[];
  readonly entries?: readonly AclEntry[];
  readonly log?: FlowLogPlan;
}

/** A web server at 10.0.1.9 whose groups keep everything out and in unless told otherwise. */
function web({ inbound = [], outbound = [], entries = [inAnywhere, outAnywhere], log = {} }: World = {}) {
  return buildVpc()
    .subnet('web', '10.0.1.0/24')
    .subnet('far', '10.0.2.0/24')
    .acl('web', entries)
    .securityGroup('web', { ingress: inbound, egress: outbound })
    .interface('web', { subnet: 'web', address: '10.0.1.9', groups: ['web'] })
    .flowLog({ fields: WITHOUT_FLAGS, ...log });
}

const request = '10.0.2.5:40000 -> 10.0.1.9:443 tcp';
const answer = '10.0.1.9:443 -> 10.0.2.5:40000 tcp';
const findingOf = (vpc: ReturnType<typeof web>, lines: readonly string[], asked = {}) =>
  only(ask(vpc, { of: 'web', lines, changes: [], ...asked }));

describe('a request that was turned away, as far as order and ports tell', () => {
  it('leaves no doubt where nothing was ever sent that it could answer', () => {
    const finding = findingOf(web(), [reject(request)]);

    expect(finding).toMatchObject({ row: 'T-1', confidence: 'certain', alternatives: [] });
    expect(reasonKinds(finding)).not.toContain('opener-guessed');
  });

  it('may be an answer where this side was let out: nothing answers a packet that never got through', () => {
    const lines = [reject(request, { at: '12:00:00' }), accept(answer, { at: '12:00:01' })];

    const finding = findingOf(web(), lines);

    expect(finding).toMatchObject({ row: 'T-1', verdict: 'blocked', confidence: 'likely', alternatives: ['T-33'] });
    expect(culprits(finding)).toEqual(['security-group ingress']);
    expect(finding.reasons).toContainEqual({ kind: 'opener-guessed', because: 'order' });
  });

  const rejectsOnly = web({ log: { trafficType: 'REJECT' } });

  it('may be an answer where no accept is logged and no port tells', () => {
    const finding = findingOf(rejectsOnly, [reject('10.0.2.5:50001 -> 10.0.1.9:50000 tcp')]);

    expect(finding).toMatchObject({ row: 'T-1', confidence: 'likely', alternatives: ['T-33'] });
    expect(reasonKinds(finding)).toContain('opener-guessed');
  });

  it.each([
    ['it came to a service port', rejectsOnly, request],
    ['an accept would have been logged', web(), '10.0.2.5:50001 -> 10.0.1.9:50000 tcp'],
  ])('is none where %s', (_, vpc, line) => {
    expect(reasonKinds(findingOf(vpc, [reject(line)]))).not.toContain('opener-guessed');
  });
});

describe('an answer that was turned away, as far as order and ports tell', () => {
  const deaf = [inAnywhere];

  it('leaves no doubt after a request', () => {
    const lines = [accept(request, { at: '12:00:00' }), reject(answer, { at: '12:00:01' })];

    const finding = findingOf(web({ inbound: [allow(tcp(443), anywhere)], entries: deaf }), lines);

    expect(finding).toMatchObject({ row: 'T-29', confidence: 'certain', alternatives: [] });
  });

  it('may be a request where other answers were let out', () => {
    const lines = [
      accept(request, { at: '12:00:00' }),
      accept(answer, { at: '12:00:01' }),
      reject(answer, { at: '12:00:20' }),
    ];

    const finding = findingOf(web({ entries: deaf }), lines);

    expect(finding).toMatchObject({ row: 'T-29', confidence: 'likely', alternatives: ['T-27'] });
    expect(culprits(finding)).toEqual(['network-acl egress 32767']);
    expect(reasonKinds(finding)).toContain('opener-guessed');
  });

  it('stays as unsure as it was where the guess decides nothing', () => {
    expect(findingOf(web(), [reject('10.0.2.5:443 -> 10.0.1.9:40000 tcp')])).toMatchObject({
      row: 'T-33',
      verdict: 'undetermined',
      confidence: 'possible',
    });
  });

  it('needs no guess where both readings blame the same', () => {
    const vpc = web({ outbound: [allow(anything, anywhere)], entries: deaf });

    const finding = findingOf(vpc, [reject(answer)]);

    expect(finding).toMatchObject({ row: 'T-29', verdict: 'blocked', alternatives: [] });
    expect(reasonKinds(finding)).not.toContain('opener-guessed');
  });

  it('is none of two things that blame nobody: no rule, and not known', () => {
    const flagged = linesOf('web');
    const vpc = web({ inbound: [allow(tcp(), anywhere)], log: { fields: RICH_FIELDS } });

    const finding = findingOf(vpc, [flagged.reject('10.0.2.5:443 -> 10.0.1.9:40000 tcp', { flags: 0 })]);

    expect(finding).toMatchObject({ row: 'T-33', verdict: 'undetermined' });
    expect(finding.alternatives).toContain('T-5');
  });

  it('is proven by its SYN-ACK: no other reading is taken', () => {
    const flagged = linesOf('web');
    const vpc = web({ log: { fields: RICH_FIELDS } });

    const finding = findingOf(vpc, [flagged.reject('10.0.2.5:443 -> 10.0.1.9:40000 tcp', { flags: 18 })]);

    expect(finding).toMatchObject({ row: 'T-33', alternatives: [] });
    expect(reasonKinds(finding)).not.toContain('opener-guessed');
  });
});

describe('a flow that either side may have opened', () => {
  const out = '10.0.1.9:50000 -> 10.0.2.5:50001 tcp';
  const back = '10.0.2.5:50001 -> 10.0.1.9:50000 tcp';
  const bothAt = '12:00:00';

  it('is told by its way in where all of it was accepted', () => {
    const lines = [accept(out, { at: bothAt }), accept(back, { at: bothAt })];

    const finding = findingOf(web({ inbound: [allow(tcp(), anywhere)] }), lines, { from: '10.0.2.5' });

    expect(finding).toMatchObject({ row: 'T-36', flow: { direction: 'ingress', leg: 'forward' } });
  });

  it('blames nobody where only one reading does, and says neither that rules deny nor that they allow', () => {
    const lines = [accept(out, { at: bothAt }), reject(back, { at: bothAt })];

    const finding = findingOf(web(), lines);

    expect(finding).toMatchObject({ row: 'T-1', verdict: 'undetermined', blockedBy: [], alternatives: ['T-33'] });
    expect(finding.reasons).toContainEqual({ kind: 'opener-guessed', because: 'nothing' });
    expect(reasonKinds(finding)).toContain('flags-not-logged');
    expect(reasonKinds(finding)).not.toContain('configuration-denies');
    expect(gapFacts(finding)).toContain('path');
  });

  it('was not blocked by old rules where only one reading says so', () => {
    const lines = [accept(out, { at: bothAt }), reject(back, { at: bothAt })];
    const changes = [change('AuthorizeSecurityGroupIngress', '12:10:00', sg('web'))];

    const finding = findingOf(web({ inbound: [allow(tcp(), anywhere)] }), lines, { changes });

    expect(finding).toMatchObject({ row: 'T-4', verdict: 'undetermined' });
    expect(reasonKinds(finding)).not.toContain('configuration-allows');
  });
});

it('tells of an accepted flow as its request went, whoever was guessed to have opened it', () => {
  const vpc = web({ inbound: [allow(tcp(443), anywhere)] });
  const lines = [accept(request, { at: '12:00:00' }), accept(answer, { at: '12:00:01' })];

  const finding = findingOf(vpc, lines, { from: '10.0.2.5' });

  expect(finding).toMatchObject({ row: 'T-36', alternatives: [] });
  expect(reasonKinds(finding)).not.toContain('opener-guessed');
});
