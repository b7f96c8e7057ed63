import type { NonEmpty } from '../../lang/non-empty.ts';
import type { Gap } from '../../vpc/gap.ts';
import type { Blocker, Confidence, FindingVerdict, Reason, RowId } from '../finding.ts';
import type { FlowSituation, SilentSituation, Situation } from './situation.ts';

/** A row of the decision table: when it holds, and what follows. Rows are data; `decide` reads them. */
export type Row = FlowRow | SilenceRow;
export type FlowRow = RowAbout<FlowSituation>;
export type SilenceRow = RowAbout<SilentSituation>;

interface RowAbout<About extends Situation> {
  readonly id: RowId;
  readonly about: About['kind'];
  /** In our own words, for people who read the table. */
  readonly title: string;
  /** All must hold. */
  readonly when: NonEmpty<Predicate<About>>;
  readonly conclude: (situation: About) => Conclusion;
}

type Predicate<About extends Situation> = (situation: About) => boolean;

/** What a row says of a situation. */
export interface Conclusion {
  readonly verdict: FindingVerdict;
  readonly confidence: Confidence;
  readonly blockedBy: readonly Blocker[];
  readonly reasons: readonly Reason[];
  readonly gaps: readonly Gap[];
}
