import type { FlowGroup } from '../../flowlog/observations.ts';
import type { Finding } from '../finding.ts';
import { flowOfGroup } from '../packet-of-flow.ts';
import { applyFix } from './apply-fix.ts';
import { conversationsOf, rejectedPackets } from './demands.ts';
import type { Fix, FixCaution } from './fix.ts';
import { recordsPassing } from './replay.ts';
import { smallestFix, type FixInput } from './smallest-fix.ts';

/** More rules than this, one for each remote address, is a question of design and no small fix. */
const MOST_REMOTES = 5;

/**
 * The smallest fix of a finding that stands for several remote addresses: what each of them needs, one after the other, on
 * the configuration as the ones before left it. For many it is made for the first alone. The replay is of all records
 * either way, so that nobody takes a part for the whole.
 */
export function fixForAll(input: FixInput): Fix | undefined {
  const { finding } = input;
  const everyone = findingsByRemote(finding);
  const { length } = everyone;
  if (length === 1) return smallestFix(input);
  const covered = length > MOST_REMOTES ? [finding] : everyone;
  const fixes = fixesInTurn(input, covered);
  return fixes.length === 0 ? undefined : { ...joined(input, fixes, everyone), remotes: covered.length };
}

/** The finding once for each group that it stands for, as if that were the only one. */
function findingsByRemote(finding: Finding): readonly Finding[] {
  const { alike = [], ...first } = finding;
  return [first, ...alike.map((group) => findingOf(first, group))];
}

function findingOf(like: Finding, group: FlowGroup): Finding {
  const { direction, leg } = like.flow;
  return { ...like, group, flow: flowOfGroup(group, { direction, leg }) };
}

/** None is needed where the fixes before let this one pass as well. */
function fixesInTurn({ snapshot, ...input }: FixInput, findings: readonly Finding[]): readonly Fix[] {
  const made: Fix[] = [];
  for (const finding of findings) {
    const fix = smallestFix({ ...input, snapshot: applyFix(snapshot, changesOf(made)), finding });
    if (fix !== undefined) made.push(fix);
  }
  return made;
}

function joined({ snapshot, interfaceId }: FixInput, fixes: readonly Fix[], everyone: readonly Finding[]): Fix {
  const conversations = everyone.flatMap((finding) => conversationsOf(finding, rejectedPackets(finding)));
  const changes = changesOf(fixes);
  const count = (tried: Fix['changes']): number =>
    recordsPassing(applyFix(snapshot, tried), interfaceId, conversations);
  return {
    changes,
    passes: count(changes),
    of: conversations.reduce((sum, { records }) => sum + records, 0),
    alone: changes.length < 2 ? [] : changes.map((change) => count([change])),
    cautions: distinct(fixes.flatMap(({ cautions }) => cautions)),
  };
}

function changesOf(fixes: readonly Fix[]): Fix['changes'] {
  return fixes.flatMap(({ changes }) => changes);
}

function distinct(cautions: readonly FixCaution[]): readonly FixCaution[] {
  return [...new Map(cautions.map((caution) => [JSON.stringify(caution), caution])).values()];
}
