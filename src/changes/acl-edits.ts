import * as z from 'zod';
import { parseNetworkAclId } from '../vpc/ids.ts';
import type { NetworkAclEntry } from '../vpc/network-acl.ts';
import { textOf } from '../vpc/parse/fields.ts';
import { RawNetworkAclEntry } from '../vpc/parse/network-acls.ts';
import type { Edit, Held } from './change.ts';
import type { EventBody } from './event-body.ts';

/** AWS refuses a number that is taken, so there was none before (NACL-32). */
export function entryCreated({ request }: EventBody): readonly Edit[] | undefined {
  return entrySet(request, 'nothing');
}

/** What the entry said before is not told: an earlier event may (NACL-32). */
export function entryReplaced({ request }: EventBody): readonly Edit[] | undefined {
  return entrySet(request, 'untold');
}

export function entryDeleted({ request }: EventBody): readonly Edit[] | undefined {
  const place = Place.safeParse(request).data;
  return place && [{ kind: 'entry', ...place, before: 'untold', after: 'nothing' }];
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceNetworkAclAssociation.html (API-60) */
export function aclAssociated({ request, response }: EventBody): readonly Edit[] | undefined {
  const asked = Association.safeParse(request).data;
  const made = NewAssociation.safeParse(response).data;
  if (asked === undefined || made === undefined) return undefined;
  const { AssociationId: before, NetworkAclId: aclId } = asked;
  return [{ kind: 'acl-association', aclId, before, after: made.NewAssociationId }];
}

function entrySet(request: EventBody['request'], before: Held<NetworkAclEntry>): readonly Edit[] | undefined {
  const place = Place.safeParse(request).data;
  const entry = RawNetworkAclEntry.safeParse(request).data;
  if (place === undefined || entry === undefined) return undefined;
  return [{ kind: 'entry', ...place, before, after: { aclId: place.aclId, ...entry } }];
}

const Place = z
  .object({ NetworkAclId: textOf(parseNetworkAclId), RuleNumber: z.number().int(), Egress: z.boolean().default(false) })
  .transform(({ NetworkAclId: aclId, RuleNumber: ruleNumber, Egress: isEgress }) => ({
    aclId,
    ruleNumber,
    direction: isEgress ? ('egress' as const) : ('ingress' as const),
  }));

const associationId = z.string().regex(/^aclassoc-[0-9a-f]{8,32}$/);
const Association = z.object({ AssociationId: associationId, NetworkAclId: textOf(parseNetworkAclId) });
const NewAssociation = z.object({ NewAssociationId: associationId });
