import { ExpectedError } from '../failure/expected-error.ts';
import { present } from '../vpc/parse/present.ts';
import type { Snapshot, SnapshotScope, Vpc } from '../vpc/snapshot.ts';
import type { Scene } from './decision-table/situation.ts';
import type { DiagnosisTarget } from './diagnosis.ts';

/** The interface in the words of people: whose it is, what it is called, where it is. */
export function targetOf(scene: Scene): DiagnosisTarget {
  const { snapshot, interface: own, owner } = scene;
  const vpc = snapshot.vpcs.get(own.vpcId);
  const scope = scopeOf(snapshot, vpc, own.id);
  return {
    id: own.id,
    accountId: own.accountId ?? scope.accountId,
    region: vpc?.region ?? scope.region,
    interface: own,
    owner,
    ...namesOf(scene),
  };
}

/** Names that people gave; the instance's before that of the service behind the interface. */
function namesOf({ snapshot, interface: own, owner }: Scene): Pick<DiagnosisTarget, 'name' | 'vpcName' | 'subnetName'> {
  const instance = own.instanceId && snapshot.instances.get(own.instanceId);
  const subnet = own.subnetId && snapshot.subnets.get(own.subnetId);
  return present({
    name: own.name ?? (instance ? instance.name : undefined) ?? owner.name,
    vpcName: snapshot.vpcs.get(own.vpcId)?.name,
    subnetName: subnet ? subnet.name : undefined,
  });
}

/** Where the interface was read: its VPC's account and region, else the first that was read. */
function scopeOf({ scopes }: Snapshot, vpc: Vpc | undefined, id: string): SnapshotScope {
  const own =
    scopes.find(({ accountId, region }) => region === vpc?.region && accountId === vpc.accountId) ?? scopes[0];
  if (own === undefined) throw new ExpectedError({ kind: 'no-such-resource', id, lookedIn: [] });
  return own;
}
