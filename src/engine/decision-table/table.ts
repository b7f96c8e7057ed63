import { ACCEPTED } from './accepted.ts';
import { EGRESS_REJECTS } from './egress-rejects.ts';
import { INGRESS_REJECTS } from './ingress-rejects.ts';
import { PACKET_KINDS } from './packet-kinds.ts';
import { numberOf } from './precedence.ts';
import { RETURN_PATH } from './return-path.ts';
import type { Row } from './row.ts';
import { SILENCE } from './silence.ts';
import { SPECIAL } from './special.ts';
import { UNANSWERED } from './unanswered.ts';

/** All rows in the table's order, as in `docs/decision-table.md`. */
export const DECISION_TABLE: readonly Row[] = [
  ...INGRESS_REJECTS,
  ...SPECIAL,
  ...PACKET_KINDS,
  ...EGRESS_REJECTS,
  ...RETURN_PATH,
  ...ACCEPTED,
  ...UNANSWERED,
  ...SILENCE,
].sort((a, b) => numberOf(a.id) - numberOf(b.id));
