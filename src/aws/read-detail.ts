import { callAws, type Asking } from './call-aws.ts';
import { DETAILS, type DetailName } from './details.ts';
import { rawItems, textIn } from './raw-items.ts';
import { partOf, type Part } from './read-part.ts';
import { readPages } from './read-pages.ts';

/** What one parent holds, as the one element of its member: `{PrefixListId, Entries: […]}`. */
export function readDetail(asking: Asking, call: DetailName, id: string): Promise<Part> {
  const { member, idField, list, send } = DETAILS[call];
  return partOf({ member, call, about: id }, async () => {
    let wasCut = false;
    const { items, complete } = await readPages<unknown>(asking, async (page, token) => {
      const output = await callAws(page, call, (options) => send(page.clients, { id, nextToken: token, options }));
      const nextToken = nextPageOf(output);
      wasCut = nextToken === undefined && saysThereIsMore(output);
      return { items: rawItems(output, list), nextToken };
    });
    return { items: [{ [idField]: id, [list]: items }], complete: complete && !wasCut };
  });
}

/**
 * Asks about a parent that is not there: whoever may not ask is refused before AWS looks for it, and where there are dry
 * runs nothing is looked for at all (API-37).
 */
export function tryDetail(asking: Asking, call: DetailName): Promise<object> {
  const { send, idField } = DETAILS[call];
  return callAws(asking, call, (options) =>
    send(asking.clients, { id: nobody(idField, asking), nextToken: undefined, options, DryRun: true }),
  );
}

function nextPageOf(output: object): string | undefined {
  return textIn(output, 'NextToken') ?? textIn(output, 'NextMarker');
}

/** Routes of a transit gateway may be cut without a token to go on with (API-25). */
function saysThereIsMore(output: object): boolean {
  return Reflect.get(output, 'AdditionalRoutesAvailable') === true;
}

const NOBODY: Readonly<Record<(typeof DETAILS)[DetailName]['idField'], string>> = {
  PrefixListId: 'pl-00000000000000000',
  TransitGatewayRouteTableId: 'tgw-rtb-00000000000000000',
  LoadBalancerArn: 'loadbalancer/app/nobody/0000000000000000',
  TargetGroupArn: 'targetgroup/nobody/0000000000000000',
};

function nobody(idField: keyof typeof NOBODY, { place: { accountId = '', region } }: Asking): string {
  const id = NOBODY[idField];
  return id.includes('/') ? `arn:${partitionOf(region)}:elasticloadbalancing:${region}:${accountId}:${id}` : id;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
