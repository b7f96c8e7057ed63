import type { SubnetId } from '../vpc/ids.ts';
import type { NetworkAcl } from '../vpc/network-acl.ts';
import type { Snapshot } from '../vpc/snapshot.ts';
import type { Change, Edit } from './change.ts';
import { forget, type Rewound } from './forget.ts';

type Association = Extract<Edit, { kind: 'acl-association' }>;

/**
 * A subnet has one ACL, and an event names neither the subnet nor the ACL that it had: the association that came with the
 * new one tells the subnet, and the event that made the old association tells the old ACL (NACL-7, API-60).
 */
export function undoAssociation(state: Rewound, edit: Association, earlier: readonly Change[]): Rewound {
  const { snapshot } = state;
  const now = snapshot.networkAcls.get(edit.aclId);
  if (now === undefined) return state;
  const subnetId = subnetOf(now, edit.after);
  if (subnetId === undefined) return forgetAll(state, now.vpcId);
  const aclId = madeBy(edit.before, earlier);
  const was = aclId === undefined ? undefined : snapshot.networkAcls.get(aclId);
  if (was === undefined) return forget(state, subnetId);
  const left = withAssociations(now, (others) => others.filter(([id]) => id !== subnetId));
  const back = withAssociations(was.id === now.id ? left : was, (others) => [...others, [subnetId, edit.before]]);
  const networkAcls = new Map(snapshot.networkAcls).set(left.id, left).set(back.id, back);
  return { ...state, snapshot: { ...snapshot, networkAcls } };
}

export function associationFits({ networkAcls }: Snapshot, { aclId, after }: Association): boolean {
  const acl = networkAcls.get(aclId);
  return acl === undefined || subnetOf(acl, after) !== undefined;
}

function subnetOf({ associations }: NetworkAcl, association: string): SubnetId | undefined {
  return [...(associations ?? [])].find(([, id]) => id === association)?.[0];
}

/** Some subnet of the VPC had this association, and which one is not known: any ACL may have been another subnet's. */
function forgetAll(state: Rewound, vpcId: NetworkAcl['vpcId']): Rewound {
  const acls = [...state.snapshot.networkAcls.values()].filter((acl) => acl.vpcId === vpcId);
  return acls.reduce((rest, { id }) => forget(rest, id), state);
}

function madeBy(association: string, earlier: readonly Change[]): NetworkAcl['id'] | undefined {
  const edits = earlier.flatMap((change) => change.edits);
  return edits.flatMap((edit) =>
    edit.kind === 'acl-association' && edit.after === association ? [edit.aclId] : [],
  )[0];
}

type Entries = readonly (readonly [SubnetId, string])[];

function withAssociations(acl: NetworkAcl, change: (entries: Entries) => Entries): NetworkAcl {
  const associations = new Map(change([...(acl.associations ?? [])]));
  const unnamed = acl.subnetIds.filter((id) => !acl.associations?.has(id));
  return { ...acl, associations, subnetIds: [...unnamed, ...associations.keys()] };
}
