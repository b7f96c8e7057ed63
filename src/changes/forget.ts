import type { Gap, GapFact } from '../vpc/gap.ts';
import type { NetworkAcl } from '../vpc/network-acl.ts';
import type { Snapshot } from '../vpc/snapshot.ts';

/** A configuration as it was, and what of it nobody can tell any more. */
export interface Rewound {
  readonly snapshot: Snapshot;
  /** Ids of objects that are not in the snapshot because how they were is not known. */
  readonly unknown: ReadonlySet<string>;
}

/**
 * From here on back this object is not known. It leaves the snapshot and becomes a gap, so that whoever asks for it meets
 * what is met for any object that could not be read, and nobody takes it for what it is today.
 */
export function forget(state: Rewound, id: string): Rewound {
  if (state.unknown.has(id)) return state;
  const kind = id.slice(0, id.indexOf('-'));
  const fact = FACTS[kind];
  const rest = LEAVE_OUT[kind]?.(state.snapshot, id) ?? state.snapshot;
  const gaps = fact === undefined ? rest.gaps : [...rest.gaps, gapOf(fact, id)];
  const forgotten: Rewound = { snapshot: { ...rest, gaps }, unknown: new Set([...state.unknown, id]) };
  return kind === 'i' ? forgetInterfacesOf(forgotten, id) : forgotten;
}

/** The event does not say which interface of the instance it was about. */
function forgetInterfacesOf(state: Rewound, instanceId: string): Rewound {
  const own = [...state.snapshot.interfaces.values()].filter((each) => each.instanceId === instanceId);
  return own.reduce<Rewound>((rest, { id }) => forget(rest, id), state);
}

type Forget = (snapshot: Snapshot, id: string) => Snapshot;

/** By the first letters of the id. */
const LEAVE_OUT: Readonly<Record<string, Forget>> = {
  sg: (snapshot, id) => ({ ...snapshot, securityGroups: without(snapshot.securityGroups, id) }),
  acl: (snapshot, id) => ({ ...snapshot, networkAcls: without(snapshot.networkAcls, id) }),
  pl: (snapshot, id) => ({ ...snapshot, prefixLists: without(snapshot.prefixLists, id) }),
  eni: (snapshot, id) => ({ ...snapshot, interfaces: without(snapshot.interfaces, id) }),
  rtb: (snapshot, id) => ({ ...snapshot, routeTables: without(snapshot.routeTables, id) }),
  pcx: (snapshot, id) => ({ ...snapshot, peerings: without(snapshot.peerings, id) }),
  vpce: (snapshot, id) => ({ ...snapshot, endpoints: without(snapshot.endpoints, id) }),
  /** Which ACL the subnet had: it has none now, and for the gap not the default one either (NACL-7). */
  subnet: (snapshot, id) => ({ ...snapshot, networkAcls: new Map([...snapshot.networkAcls].map(leaveSubnet(id))) }),
};

const FACTS: Readonly<Record<string, GapFact>> = {
  sg: 'security-group',
  acl: 'network-acl',
  pl: 'prefix-list',
  eni: 'network-interface',
  rtb: 'route-table',
  pcx: 'peering-connection',
  vpce: 'vpc-endpoint',
  subnet: 'network-acl',
};

function without<Id, Item>(items: ReadonlyMap<Id, Item>, id: string): ReadonlyMap<Id, Item> {
  return new Map([...items].filter(([other]) => other !== id));
}

function leaveSubnet(id: string) {
  return ([aclId, acl]: readonly [NetworkAcl['id'], NetworkAcl]) => {
    const subnetIds = acl.subnetIds.filter((other) => other !== id);
    const associations = [...(acl.associations ?? [])].filter(([other]) => other !== id);
    return [aclId, { ...acl, subnetIds, associations: new Map(associations) }] as const;
  };
}

/** Read, and of no use: an interface like that may have carried any group. */
function gapOf(fact: GapFact, about: string): Gap {
  return { fact, about, because: 'malformed' };
}
