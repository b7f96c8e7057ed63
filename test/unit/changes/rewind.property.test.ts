import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Change } from '../../../src/changes/change.ts';
import { partKey } from '../../../src/changes/part-key.ts';
import { rewind, versions, type Version } from '../../../src/changes/rewind.ts';
import {
  ACLS,
  ACTS,
  changeOf,
  INTERFACE,
  partsOf,
  snapshotOf,
  START,
  SUBNET,
  GROUPS,
  type Act,
  type Parts,
} from '../../support/trail-history.ts';

const TIMEOUT = { timeout: 60_000 };
const RUNS = 500;

interface Moment {
  readonly change: Change;
  readonly after: Parts;
}

/** Deeds one after another, several within a second now and then. What AWS would refuse is left out. */
function histories(acts: readonly Act[] = Object.values(ACTS)): fc.Arbitrary<readonly Moment[]> {
  const deeds = fc.record({
    act: fc.constantFrom(...acts),
    picks: fc.array(fc.nat(11), { minLength: 8, maxLength: 8 }),
    pause: fc.nat(2),
  });
  return fc.array(deeds, { maxLength: 30 }).map((all) => {
    const moments: Moment[] = [];
    let [now, parts] = [START, BORN];
    for (const { act, picks, pause } of all) {
      let index = 0;
      const pick = (choices: number): number => picks[index++ % picks.length]! % choices;
      const deed = act(parts, pick, moments.length + 1);
      if (deed === undefined) continue;
      now += pause;
      parts = deed.after;
      moments.push({ change: changeOf(deed.plan, now, moments.length), after: parts });
    }
    return moments;
  });
}

/** Empty, so that everything there is was made by an event; what no event makes, the first two have set. */
const BORN: Parts = new Map([
  [`${INTERFACE} groups`, GROUPS.toSorted().join(' ')],
  [`${SUBNET} acl`, `${ACLS[0]} aclassoc-00000000000000000`],
]);

/** Two changes of one part within a second may leave it open which came first. */
function isCrowded(changes: readonly Change[]): boolean {
  const parts = changes.flatMap(({ at, edits }) => edits.map((edit) => `${at} ${partKey(edit)}`));
  return new Set(parts).size < parts.length;
}

const shuffled = (changes: readonly Change[]): fc.Arbitrary<readonly Change[]> =>
  fc.shuffledSubarray([...changes], { minLength: changes.length });

/** Without what the rewound one does not know, and without the ids of rules, which not every event tells. */
function known(parts: Parts, { unknown }: Version): Parts {
  const subnetUnknown = unknown.has(SUBNET) || ACLS.some((id) => unknown.has(id));
  return new Map(
    [...parts]
      .map(([key, value]) =>
        key.startsWith('sg-') ? ([`${key.split(' ')[0]} ${value}`, ''] as const) : ([key, value] as const),
      )
      .filter(([key]) => !unknown.has(key.split(' ')[0]!) && !(subnetUnknown && key.startsWith(SUBNET)))
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

it('gives back each earlier configuration exactly, from all that happened since it was made', TIMEOUT, () => {
  let exact = 0;
  fc.assert(
    fc.property(
      histories().chain((moments) => fc.tuple(fc.constant(moments), shuffled(moments.map(({ change }) => change)))),
      ([moments, changes]) => {
        const today = snapshotOf(moments.at(-1)?.after ?? BORN);
        for (const version of versions(today, changes)) {
          const at = version.madeBy[0]?.at;
          const was = moments.findLast(({ change }) => change.at === at)?.after ?? BORN;
          expect(known(partsOf(version.snapshot), version)).toEqual(known(was, version));
          // Groups and ACL of the beginning are told by no event.
          const unknown = [...version.unknown].filter((id) => id !== INTERFACE && id !== SUBNET);
          if (isCrowded(changes)) continue;
          expect(unknown).toEqual([]);
          exact += 1;
        }
      },
    ),
    { numRuns: RUNS },
  );
  expect(exact).toBeGreaterThan(RUNS);
});

it('is the configuration that was in force at that time', () => {
  fc.assert(
    fc.property(histories(), fc.nat(60), (moments, offset) => {
      const time = START + offset;
      const today = snapshotOf(moments.at(-1)?.after ?? BORN);
      const then = rewind(
        today,
        moments.map(({ change }) => change),
        time,
      );
      const was = moments.findLast(({ change }) => change.at <= time)?.after ?? BORN;
      const version = { ...then, madeBy: [] };
      expect(known(partsOf(then.snapshot), version)).toEqual(known(was, version));
    }),
    { numRuns: RUNS / 2 },
  );
});

it(
  'never contradicts what it was told: with events missing, an object is as the others leave it, or unknown',
  TIMEOUT,
  () => {
    const seen = { unknown: 0, known: 0 };
    const { revokeSilently: _untold, ...acts } = ACTS;
    const cases = histories(Object.values(acts)).chain((moments) =>
      fc.tuple(fc.constant(moments), fc.subarray(moments.map(({ change }) => change))),
    );
    fc.assert(
      fc.property(cases, ([moments, kept]) => {
        const all = versions(snapshotOf(moments.at(-1)?.after ?? BORN), kept);
        for (const [index, version] of all.entries()) {
          const before = all[index - 1] ?? version;
          const alone = moments.filter(({ change }) => change.at === version.madeBy[0]?.at);
          // Of several within a second some may be missing.
          const touched = alone.length === 1 ? effectOf(moments, alone[0]!) : [...partsOf(version.snapshot)];
          const after = alone.length === 1 ? new Map([...partsOf(before.snapshot), ...touched]) : new Map(touched);
          const expected = new Map([...after].filter(([, value]) => value !== GONE));
          expect(known(partsOf(version.snapshot), before)).toEqual(known(expected, before));
          if (alone.length === 1) seen[before.unknown.size > 0 ? 'unknown' : 'known'] += 1;
        }
      }),
      { numRuns: RUNS },
    );
    expect(seen.unknown).toBeGreaterThan(50);
    expect(seen.known).toBeGreaterThan(50);
  },
);

const GONE = 'gone';

/** The parts that this deed set. */
function effectOf(moments: readonly Moment[], { change, after }: Moment): readonly (readonly [string, string])[] {
  const before = moments[moments.findIndex((each) => each.change === change) - 1]?.after ?? BORN;
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys]
    .filter((key) => before.get(key) !== after.get(key))
    .map((key) => [key, after.get(key) ?? GONE] as const);
}
