import { describe, expect, it } from 'vitest';
import type { FixCaution } from '../../../src/engine/fix/fix.ts';
import type { ProvenFix } from '../../../src/engine/fix/radius.ts';
import { explainFix } from '../../../src/explain/explain-fix.ts';
import { parseCidr } from '../../../src/net/cidr.ts';
import { parseRegion } from '../../../src/vpc/ids.ts';
import { renderTerminal } from '../../../src/render/terminal.ts';
import { ACL, GROUP } from '../../support/build-diagnosis.ts';

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
  const CAUTIONS: { readonly [K in FixCaution['kind']]: readonly [Extract<FixCaution, { kind: K }>, string] } = {
    'deliberate-deny': [{ kind: 'deliberate-deny', ruleNumber: 90 }, 'Ask first: somebody wrote rule 90 to deny this.'],
    'no-free-rule-number': [{ kind: 'no-free-rule-number', before: 1 }, 'No rule number is free before 1'],
    'group-shared': [{ kind: 'group-shared', interfaces: 12_345 }, 'about 12,300 interfaces would get the new rule'],
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
});
