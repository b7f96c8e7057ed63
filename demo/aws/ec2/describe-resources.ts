import { cutPage, fingerprint } from '../page.ts';
import { numberOf, recordsOf, textOf } from '../record.ts';
import type { JsonRecord } from '../record.ts';
import type { OperationShape, Shape } from '../shape.ts';
import type { Paging, ServiceContext } from '../wire.ts';
import { checkPageRequest } from './check-page-request.ts';
import { deriveMember } from './derive-member.ts';
import type { Source } from './derive-member.ts';
import { filterResources } from './filter-resources.ts';
import { joinReservations, splitReservations } from './reservations.ts';
import { selectNamed } from './select-named.ts';

/**
 * Answers any Describe* call: the output's one list is the snapshot's member of that name, narrowed by ids, by single
 * parameters and by filters, and cut into pages. An output without a list holds a structure of the same name.
 */
export function describeResources(
  operation: OperationShape,
  input: JsonRecord,
  { caller, paging }: ServiceContext,
): JsonRecord {
  const { snapshot } = caller.account;
  checkPageRequest(operation.name, input);
  const list = findList(operation.output);
  if (list === undefined) {
    return describeStructures(operation, { snapshot, input });
  }
  const derived = deriveMember(operation.name, list.member, { snapshot, input });
  const all = splitReservations(recordsOf(derived));
  const chosen = filterResources(selectNamed(all, input, operation.name), input, list.item);
  const page = cutPage(chosen, {
    of: fingerprint(operation.name, input),
    token: textOf(input['NextToken']),
    size: Math.min(numberOf(input['MaxResults']) ?? Infinity, largestPage(operation, paging)),
    invalidToken: 'InvalidNextToken',
  });
  return { [list.member]: joinReservations(page.items), NextToken: page.nextToken };
}

/** Some listings have no pages (API-26). */
function largestPage({ input }: OperationShape, { pageSize = Infinity }: Paging): number {
  return input.kind === 'structure' && input.members.has('NextToken') ? pageSize : Infinity;
}

function describeStructures({ name, output }: OperationShape, source: Source): JsonRecord {
  const members = output.kind === 'structure' ? [...output.members.keys()] : [];
  return Object.fromEntries(members.map((member) => [member, deriveMember(name, member, source)]));
}

function findList(output: Shape): { readonly member: string; readonly item: Shape } | undefined {
  const members = output.kind === 'structure' ? [...output.members] : [];
  for (const [member, { shape }] of members) {
    if (shape.kind === 'list') {
      return { member, item: shape.item.shape };
    }
  }
  return undefined;
}
