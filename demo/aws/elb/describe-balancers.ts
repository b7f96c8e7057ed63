import { cutPage, fingerprint } from '../page.ts';
import { numberOf, recordsOf, textOf, textsOf } from '../record.ts';
import type { JsonRecord } from '../record.ts';
import { ServiceError } from '../service-error.ts';
import type { ServiceContext } from '../wire.ts';

type Describe = (input: JsonRecord, context: ServiceContext) => JsonRecord;
type IdField = 'LoadBalancerArn' | 'TargetGroupArn';

/** The largest `PageSize` of all calls (API-30). */
const LARGEST_PAGE = 400;

const NOT_FOUND: Readonly<Record<IdField, string>> = {
  LoadBalancerArn: 'LoadBalancerNotFound',
  TargetGroupArn: 'TargetGroupNotFound',
};

/** All load balancers or target groups of the snapshot, or those whose ARNs are given. */
export function describeAll(member: string, idField: IdField): Describe {
  return (input, context) => {
    const all = recordsOf(context.caller.account.snapshot[member]);
    const wanted = textsOf(input[`${idField}s`]);
    const missing = wanted.find((arn) => all.every((item) => item[idField] !== arn));
    if (missing !== undefined) throw notFound(idField, missing);
    return pageOf(
      member,
      all.filter((item) => wanted.length === 0 || wanted.includes(String(item[idField]))),
      { member, input, context },
    );
  };
}

/** What the snapshot has gathered about one of them: `{LoadBalancerArn, Listeners: […]}`. */
export function describeOf(member: string, idField: IdField, list: string): Describe {
  return (input, context) => {
    const { snapshot } = context.caller.account;
    const arn = textOf(input[idField]) ?? '';
    const parents = recordsOf(snapshot[idField === 'LoadBalancerArn' ? 'LoadBalancers' : 'TargetGroups']);
    if (!parents.some((item) => item[idField] === arn)) throw notFound(idField, arn);
    const gathered = recordsOf(snapshot[member]).find((item) => item[idField] === arn);
    return pageOf(list, recordsOf(gathered?.[list]), { member, input, context });
  };
}

function notFound(idField: IdField, arn: string): ServiceError {
  return new ServiceError(NOT_FOUND[idField], `'${arn}' was not found`);
}

interface Asked {
  readonly member: string;
  readonly input: JsonRecord;
  readonly context: ServiceContext;
}

function pageOf(list: string, items: readonly JsonRecord[], { member, input, context }: Asked): JsonRecord {
  const size = numberOf(input['PageSize']) ?? LARGEST_PAGE;
  if (size < 1 || size > LARGEST_PAGE) {
    throw new ServiceError('ValidationError', `PageSize must be between 1 and ${LARGEST_PAGE}`);
  }
  const page = cutPage(items, {
    of: fingerprint(member, input),
    token: textOf(input['Marker']),
    size: isPaged(list) ? Math.min(size, context.paging.pageSize ?? size) : items.length,
    invalidToken: 'ValidationError',
  });
  return { [list]: page.items, NextMarker: page.nextToken };
}

/** Attributes and health come whole. */
function isPaged(list: string): boolean {
  return ['LoadBalancers', 'TargetGroups', 'Listeners'].includes(list);
}
