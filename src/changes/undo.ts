import { assertNever } from '../lang/exhaustive.ts';
import type { Snapshot } from '../vpc/snapshot.ts';
import type { Change, Edit, Held } from './change.ts';
import { forget, type Rewound } from './forget.ts';
import { blockPart, entryPart, groupsPart, routePart, rulePart, statusPart, type Part } from './part.ts';
import { objectOf, partKey } from './part-key.ts';
import { associationFits, undoAssociation } from './undo-association.ts';

/**
 * The configuration as it was before this change. What the change does not tell of the time before, an earlier one of
 * the same part may. Where neither does, or the configuration is not what the change left behind, the object is
 * forgotten: some other change is missing, and to go on would be to guess.
 *
 * `earlier`: the changes before this one, newest first.
 */
export function undoChange(state: Rewound, change: Change, earlier: readonly Change[]): Rewound {
  return change.edits.toReversed().reduce((now, edit) => undoEdit(now, edit, earlier), state);
}

/** Whether the configuration is what this change left behind. Of two changes within a second, the later one's is. */
export function isLatest({ snapshot }: Rewound, { edits }: Change): boolean {
  return edits.every((edit) => {
    if (edit.kind === 'untold') return true;
    if (edit.kind === 'acl-association') return associationFits(snapshot, edit);
    return viewOf(snapshot, edit, []).fit !== 'differs';
  });
}

function undoEdit(state: Rewound, edit: Edit, earlier: readonly Change[]): Rewound {
  if (edit.kind === 'untold') return forget(state, edit.objectId);
  if (edit.kind === 'acl-association') return undoAssociation(state, edit, earlier);
  const { fit, before } = viewOf(state.snapshot, edit, earlier);
  if (fit === 'unknown') return state;
  const snapshot = fit === 'fits' ? before() : undefined;
  return snapshot === undefined ? forget(state, objectOf(edit)) : { ...state, snapshot };
}

type PartEdit = Exclude<Edit, { kind: 'untold' | 'acl-association' }>;

/** How a snapshot looks beside an edit. */
interface View {
  readonly fit: 'fits' | 'differs' | 'unknown';
  /** As it was before; `undefined` where nobody tells. */
  readonly before: () => Snapshot | undefined;
}

function viewOf(snapshot: Snapshot, edit: PartEdit, earlier: readonly Change[]): View {
  switch (edit.kind) {
    case 'rule':
      return view(rulePart(snapshot, edit), edit.after, heldBefore(edit, earlier));
    case 'entry':
      return view(entryPart(snapshot, edit), edit.after, heldBefore(edit, earlier));
    case 'groups-of-interface':
      return view(groupsPart(snapshot, edit), edit.after, heldBefore(edit, earlier));
    case 'block-of-list':
      return view(blockPart(snapshot, edit), edit.after, edit.before);
    case 'route':
      return view(routePart(snapshot, edit), edit.after, heldBefore(edit, earlier));
    case 'peering-status':
      return view(statusPart(snapshot, edit), edit.after, heldBefore(edit, earlier));
    default:
      return assertNever(edit);
  }
}

function view<Value>(part: Part<Value>, after: Value | 'nothing', before: Held<Value>): View {
  return {
    fit: part.held === 'unknown' ? 'unknown' : fitOf(part, part.held, after),
    before: () => (before === 'untold' ? undefined : part.set(before)),
  };
}

function fitOf<Value>({ isSame }: Part<Value>, held: Value | 'nothing', after: Value | 'nothing'): View['fit'] {
  const bothNothing = held === 'nothing' && after === 'nothing';
  const bothSame = held !== 'nothing' && after !== 'nothing' && isSame(held, after);
  return bothNothing || bothSame ? 'fits' : 'differs';
}

/** What the edit tells, or else what the latest one before it left behind. */
function heldBefore<One extends PartEdit>(edit: One, earlier: readonly Change[]): One['before'] | One['after'] {
  if (edit.before !== 'untold') return edit.before;
  const latest = earlier.find(({ edits }) => edits.some((other) => isAboutThis(other, edit)));
  const within = earlier.filter(({ at }) => at === latest?.at).flatMap(({ edits }) => edits);
  return leftBehind(
    within.filter((other) => isAboutThis(other, edit)),
    edit,
  );
}

function isAboutThis(other: Edit, edit: PartEdit): boolean {
  return other.kind === 'untold' ? other.objectId === objectOf(edit) : partKey(other) === partKey(edit);
}

/**
 * Of several within a second the last one counts, in no order that can be relied on. It left something behind, for who
 * tells nothing of the time before replaced or removed it; and unless something was removed, what was made was made first.
 */
function leftBehind<One extends PartEdit>(edits: readonly Edit[], edit: One): One['after'] | 'untold' {
  const known = edits.filter((other): other is One => other.kind === edit.kind);
  if (known.length < edits.length) return 'untold';
  const setting = known.filter(({ after }) => after !== 'nothing');
  const replacing = setting.filter(({ before }) => before !== 'nothing');
  const isWhole = setting.length === known.length && replacing.length > 0;
  const [last, ...others] = isWhole ? replacing : setting;
  return last === undefined || others.length > 0 ? 'untold' : last.after;
}
