import { aclAssociated, entryCreated, entryDeleted, entryReplaced } from './acl-edits.ts';
import type { Edit } from './change.ts';
import type { EventBody } from './event-body.ts';
import { rulesAdded, rulesModified, rulesRevoked } from './group-edits.ts';
import { instanceModified, interfaceCreated, interfaceModified } from './interface-edits.ts';
import { listModified, peeringBecomes, routeCreated, routeDeleted, routeReplaced } from './way-edits.ts';

interface KnownEvent {
  /** The kind of object it changes, by the first letters of its id. */
  readonly of: 'sg' | 'acl' | 'eni' | 'i' | 'rtb' | 'pcx' | 'vpce' | 'pl';
  /** What it changed; `undefined` or absent where it does not tell. */
  readonly read?: (body: EventBody) => readonly Edit[] | undefined;
}

/**
 * Events that change what packets meet (API-59 to API-62). What is not here changes no packet's fate (descriptions, tags,
 * all that only reads), or nothing that is looked up by its id. One that does not tell is known by its name, time and
 * actor, and cannot be undone.
 */
const EVENTS: Readonly<Record<string, KnownEvent>> = {
  AuthorizeSecurityGroupIngress: { of: 'sg', read: rulesAdded('ingress') },
  AuthorizeSecurityGroupEgress: { of: 'sg', read: rulesAdded('egress') },
  RevokeSecurityGroupIngress: { of: 'sg', read: rulesRevoked('ingress') },
  RevokeSecurityGroupEgress: { of: 'sg', read: rulesRevoked('egress') },
  ModifySecurityGroupRules: { of: 'sg', read: rulesModified },
  CreateSecurityGroup: { of: 'sg' },
  AssociateSecurityGroupVpc: { of: 'sg' },
  DisassociateSecurityGroupVpc: { of: 'sg' },
  CreateNetworkInterface: { of: 'eni', read: interfaceCreated },
  ModifyNetworkInterfaceAttribute: { of: 'eni', read: interfaceModified },
  ModifyInstanceAttribute: { of: 'i', read: instanceModified },
  CreateNetworkAcl: { of: 'acl' },
  CreateNetworkAclEntry: { of: 'acl', read: entryCreated },
  DeleteNetworkAclEntry: { of: 'acl', read: entryDeleted },
  ReplaceNetworkAclEntry: { of: 'acl', read: entryReplaced },
  ReplaceNetworkAclAssociation: { of: 'acl', read: aclAssociated },
  CreateRouteTable: { of: 'rtb' },
  CreateRoute: { of: 'rtb', read: routeCreated },
  DeleteRoute: { of: 'rtb', read: routeDeleted },
  ReplaceRoute: { of: 'rtb', read: routeReplaced },
  AssociateRouteTable: { of: 'rtb' },
  DisassociateRouteTable: { of: 'rtb' },
  ReplaceRouteTableAssociation: { of: 'rtb' },
  EnableVgwRoutePropagation: { of: 'rtb' },
  DisableVgwRoutePropagation: { of: 'rtb' },
  CreateVpcPeeringConnection: { of: 'pcx', read: peeringBecomes('pending-acceptance', 'nothing') },
  AcceptVpcPeeringConnection: { of: 'pcx', read: peeringBecomes('active', 'pending-acceptance') },
  RejectVpcPeeringConnection: { of: 'pcx', read: peeringBecomes('rejected', 'pending-acceptance') },
  DeleteVpcPeeringConnection: { of: 'pcx', read: peeringBecomes('deleted', 'untold') },
  CreateVpcEndpoint: { of: 'vpce' },
  ModifyVpcEndpoint: { of: 'vpce' },
  DeleteVpcEndpoints: { of: 'vpce' },
  CreateManagedPrefixList: { of: 'pl' },
  ModifyManagedPrefixList: { of: 'pl', read: listModified },
  RestoreManagedPrefixListVersion: { of: 'pl' },
};

/** What the event did to each part, as far as it tells. `undefined`: it changed nothing that counts. */
export function editsOfEvent(event: string, body: EventBody): readonly Edit[] | undefined {
  const known = Object.hasOwn(EVENTS, event) ? EVENTS[event] : undefined;
  if (known === undefined) return undefined;
  const edits = known.read?.(body) ?? idsNamed(known.of, body).map((objectId): Edit => ({ kind: 'untold', objectId }));
  return edits.length === 0 ? undefined : edits;
}

/** More than one call can change, except of a hostile hand. */
const MOST_OBJECTS = 20;

/** Wherever the event names them: in what was asked, or in the answer where the call made them. */
function idsNamed(prefix: KnownEvent['of'], { request, response }: EventBody): readonly string[] {
  const ids = JSON.stringify([request, response]).match(new RegExp(`"${prefix}-[0-9a-f]{8,32}"`, 'g')) ?? [];
  return [...new Set(ids.map((id) => id.slice(1, -1)))].slice(0, MOST_OBJECTS);
}
