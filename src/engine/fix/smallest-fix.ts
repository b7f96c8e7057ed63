import type { Change } from '../../changes/change.ts';
import { hasPorts } from '../../net/protocol.ts';
import type { NetworkInterfaceId } from '../../vpc/ids.ts';
import type { Snapshot } from '../../vpc/snapshot.ts';
import { isEffectivePublic } from '../address-kind.ts';
import type { Finding } from '../finding.ts';
import { compileInterfaceFilters } from '../interface-filters.ts';
import { applyFix } from './apply-fix.ts';
import { conversationsOf, rejectedPackets, type Conversation, type Demand, type RejectedPacket } from './demands.ts';
import { deliberateSigns } from './deliberate-signs.ts';
import type { Fix, FixCaution, FixChange } from './fix.ts';
import { proposeChange } from './propose-change.ts';
import { recordsPassing } from './replay.ts';

export interface FixInput {
  readonly snapshot: Snapshot;
  readonly interfaceId: NetworkInterfaceId;
  readonly finding: Finding;
  /** The rejected packets one by one; worked out from the finding's group when absent. */
  readonly packets?: readonly RejectedPacket[];
  /** Absent: nobody looked. */
  readonly changes?: readonly Change[];
}

/**
 * The narrowest changes that let a blocked flow through: one rule for the remote address and the service's port for
 * each obstacle on the way there and, as ACLs keep no state, on the way back. Found by trying: each change is applied
 * to a copy of the configuration and the packets are evaluated again. `undefined` when nothing here would help.
 * NACL-5. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
 */
export function smallestFix(input: FixInput): Fix | undefined {
  const { finding } = input;
  if (!isMendable(finding)) return undefined;
  const conversations = conversationsOf(finding, input.packets ?? rejectedPackets(finding));
  const { snapshot, changes, cautions, complete } = tryChanges(input, demandsOf(conversations));
  const isProven = complete && provesItself(snapshot, input.interfaceId, conversations);
  const isStuck = cautions.some(({ kind }) => kind === 'no-free-rule-number');
  if (!isStuck && (changes.length === 0 || !isProven)) return undefined;
  const count = (after: Snapshot): number => recordsPassing(after, input.interfaceId, conversations);
  return {
    changes,
    passes: count(snapshot),
    of: conversations.reduce((sum, { records }) => sum + records, 0),
    alone: changes.length < 2 ? [] : changes.map((change) => count(applyFix(input.snapshot, [change]))),
    cautions: [...cautions, ...deliberateSigns(finding, input.snapshot, input.changes), ...publicSource(input)],
  };
}

/** Rules of groups and ACLs can be added to; a public access block or an encryption control cannot be got past so. */
function isMendable({ blockedBy, flow }: Finding): boolean {
  const isKnown = flow.leg === 'return' || !hasPorts(flow.protocol) || flow.destinationPort !== undefined;
  return (
    isKnown &&
    blockedBy.length > 0 &&
    blockedBy.every(({ kind }) => kind === 'security-group' || kind === 'network-acl')
  );
}

/** What was rejected first, then the answers: in the order in which the obstacles are met. */
function demandsOf(conversations: readonly Conversation[]): readonly Demand[] {
  return [...conversations.map(({ rejected }) => rejected), ...conversations.flatMap(({ answers }) => answers)];
}

interface Attempt {
  readonly snapshot: Snapshot;
  readonly changes: readonly FixChange[];
  readonly cautions: readonly FixCaution[];
  /** Nothing is denied any more. */
  readonly complete: boolean;
}

/** A group and an ACL forward and an ACL back: four changes are more than any flow needs. */
const MOST_CHANGES = 4;

function tryChanges(input: FixInput, demands: readonly Demand[], attempt: Attempt = untouched(input)): Attempt {
  const filters = compileInterfaceFilters(attempt.snapshot, input.interfaceId);
  const proposal = proposeChange({ snapshot: attempt.snapshot, filters, demands });
  if (proposal === undefined) return { ...attempt, complete: true };
  const cautions = [...attempt.cautions, ...proposal.cautions];
  if (proposal.change === undefined || attempt.changes.length === MOST_CHANGES) return { ...attempt, cautions };
  return tryChanges(input, demands, {
    snapshot: applyFix(attempt.snapshot, [proposal.change]),
    changes: [...attempt.changes, proposal.change],
    cautions,
    complete: false,
  });
}

function untouched({ snapshot }: FixInput): Attempt {
  return { snapshot, changes: [], cautions: [], complete: false };
}

/** Some conversation passes, counted as one each so that a question without records is proven alike. */
function provesItself(after: Snapshot, id: NetworkInterfaceId, conversations: readonly Conversation[]): boolean {
  return (
    recordsPassing(
      after,
      id,
      conversations.map((conversation) => ({ ...conversation, records: 1 })),
    ) > 0
  );
}

function publicSource({ snapshot, interfaceId, finding: { flow } }: FixInput): readonly FixCaution[] {
  const vpcId = snapshot.interfaces.get(interfaceId)?.vpcId;
  const fromInternet = flow.direction === 'ingress' && flow.leg === 'forward';
  return fromInternet && isEffectivePublic(flow.source, snapshot, vpcId) ? [{ kind: 'public-source' }] : [];
}
