import { describe, expect, it } from 'vitest';
import type { FixCaution } from '../../../src/engine/fix/fix.ts';
import type { ProvenFix } from '../../../src/engine/fix/radius.ts';
import { explainFix } from '../../../src/explain/explain-fix.ts';
import { parseCidr } from '../../../src/net/cidr.ts';
import { parseRegion } from '../../../src/vpc/ids.ts';
import { renderTerminal } from '../../../src/render/terminal.ts';
import { ACL, GROUP, TWO_O_CLOCK } from '../../support/build-diagnosis.ts';

const rule = {
  kind: 'add-security-group-rule',
  groupId: GROUP,
  direction: 'ingress',
  protocol: 6,
  cidr: parseCidr('10.20.4.17/32')!,
} as const;
const entry = { ...rule, kind: 'add-network-acl-entry', aclId: ACL, ruleNumber: 80 } as const;

function draw(fix: Partial<ProvenFix>): string {
  const whole: ProvenFix = {
    changes: [rule],
    passes: 214,
    of: 214,
    alone: [],
    cautions: [],
    radius: { reaches: [] },
    ...fix,
  };
  const parent = { summary: 'Smallest fix', blocks: explainFix(whole, parseRegion('eu-west-1')!) };
  return renderTerminal({ parent, replies: [] }, { width: 400, colour: false });
}

describe('the proof of a fix', () => {
  it.each<[string, Partial<ProvenFix>, string]>([
    ['of one change', {}, 'Replayed: 214 of 214 rejected records would pass.'],
    ['of one record', { passes: 1, of: 1 }, 'Replayed: 1 of 1 rejected record would pass.'],
    [
      'of two that are both needed',
      { changes: [entry, rule], alone: [0, 0] },
      'Replayed with both changes: 214 of 214 rejected records would pass; either change alone: 0.',
    ],
    [
      'of two of which one does some good',
      { changes: [entry, rule], alone: [12, 0] },
      'would pass; alone, change 1: 12, change 2: 0.',
    ],
    ['of three', { changes: [entry, rule, entry], alone: [0, 0, 0] }, 'Replayed with all changes:'],
    ['without records', { passes: 0, of: 0 }, 'There was no record to replay'],
  ])('%s', (_, fix, words) => {
    expect(draw(fix)).toContain(words);
  });
});

describe('a caution', () => {
  /** The compiler asks for an example of every kind. */
  const CAUTIONS: {
    readonly [K in Exclude<FixCaution['kind'], 'group-shared'>]: readonly [Extract<FixCaution, { kind: K }>, string];
  } = {
    'deliberate-deny': [{ kind: 'deliberate-deny', ruleNumber: 90 }, 'Ask first: somebody wrote rule 90 to deny this.'],
    marked: [
      {
        kind: 'marked',
        id: ACL,
        field: { tag: 'Reason' },
        text: 'incident-221 containment',
        owner: { tag: 'Owner', name: '#netsec' },
      },
      `Ask first: ${ACL} is tagged Reason "incident-221 containment". Ask #netsec (tag Owner) before working round it.`,
    ],
    'just-closed': [
      { kind: 'just-closed', event: 'ReplaceNetworkAclEntry', at: TWO_O_CLOCK, firstReject: TWO_O_CLOCK + 59 },
      'Ask first: ReplaceNetworkAclEntry came 59 s before the first reject, at 2026-11-23 14:00:00Z. Find out why',
    ],
    'no-free-rule-number': [{ kind: 'no-free-rule-number', before: 1 }, 'No rule number is free before 1'],
    'public-source': [{ kind: 'public-source' }, 'make sure whose it is before letting it in'],
  };

  it.each(Object.entries(CAUTIONS))('%s stands before the command', (_, [caution, words]) => {
    const shown = draw({ cautions: [caution] });

    expect(shown).toContain(words);
    expect(shown.indexOf(words)).toBeLessThan(shown.indexOf('aws ec2'));
  });

  it('stands alone where nothing can be changed', () => {
    expect(draw({ changes: [], cautions: [{ kind: 'no-free-rule-number', before: 1 }] })).toBe(
      "   No rule number is free before 1: renumber the network ACL's rules first.\n",
    );
  });

  it('that the group is shared is told by the blast radius, with names', () => {
    expect(draw({ cautions: [{ kind: 'group-shared', interfaces: 3 }] })).not.toContain('shared');
  });

  it('that the deny is meant is one sentence, with whom to ask', () => {
    const shown = draw({
      cautions: [
        { kind: 'deliberate-deny', ruleNumber: 90, owner: { tag: 'team', name: 'network' } },
        { kind: 'public-source' },
        { kind: 'marked', id: GROUP, field: 'description', text: `do not open ${'x'.repeat(300)}` },
        { kind: 'just-closed', event: 'RevokeSecurityGroupIngress', at: TWO_O_CLOCK, firstReject: TWO_O_CLOCK - 5 },
      ],
    });

    expect(shown.match(/Ask first/g)).toHaveLength(1);
    expect(shown).toMatch(
      /somebody wrote rule 90 to deny this; sg-0c44\w+ is described as "do not open x{48}…"; RevokeSecurityGroupIngress came after the first reject, at .*\. Ask network \(tag team\) before working round it\./,
    );
    expect(shown.indexOf('internet address')).toBeGreaterThan(shown.indexOf('Ask first'));
  });
});
