import * as z from 'zod';
import { parseNetworkInterfaceId, parseSecurityGroupId } from '../vpc/ids.ts';
import { textOf } from '../vpc/parse/fields.ts';
import type { Edit } from './change.ts';
import { oneOrMany, type EventBody } from './event-body.ts';

/** One attribute a call (API-59): a call about another one leaves the groups alone. */
export function interfaceModified({ request }: EventBody): readonly Edit[] | undefined {
  if (!('GroupSet' in request)) return [];
  const asked = Modified.safeParse(request).data;
  return asked && [groupsSet(asked.NetworkInterfaceId, asked.GroupSet, 'untold')];
}

/** The groups of an instance are those of its first interface, which the event does not name. */
export function instanceModified({ request }: EventBody): readonly Edit[] | undefined {
  return 'GroupSet' in request ? undefined : [];
}

/** Tells the groups that an interface was made with, for what comes later. */
export function interfaceCreated({ response }: EventBody): readonly Edit[] | undefined {
  const made = Created.safeParse(response).data?.NetworkInterface;
  return made && [groupsSet(made.NetworkInterfaceId, made.GroupSet, 'untold')];
}

type GroupsEdit = Extract<Edit, { kind: 'groups-of-interface' }>;

function groupsSet(
  interfaceId: GroupsEdit['interfaceId'],
  groups: readonly { readonly GroupId: GroupsEdit['after'][number] }[],
  before: GroupsEdit['before'],
): Edit {
  return { kind: 'groups-of-interface', interfaceId, before, after: groups.map(({ GroupId: id }) => id) };
}

const Modified = z.object({
  NetworkInterfaceId: textOf(parseNetworkInterfaceId),
  GroupSet: oneOrMany(z.object({ GroupId: textOf(parseSecurityGroupId) })),
});

const Created = z.object({ NetworkInterface: Modified });
