import { assertNever } from '../../lang/exhaustive.ts';
import { isNonEmpty, type NonEmpty } from '../../lang/non-empty.ts';
import type { PathEnd } from '../../engine/path/path.ts';
import type { NetworkInterface } from '../../vpc/network-interface.ts';
import type { Instance, Snapshot } from '../../vpc/snapshot.ts';
import type { ExpectedEnd, MeantEnd } from './expectation.ts';

/** Everything that an end stands for in this snapshot; `undefined` when it is nothing that is there. */
export function resolveExpectedEnd({ meant }: ExpectedEnd, snapshot: Snapshot): NonEmpty<PathEnd> | undefined {
  const ends = endsOf(meant, snapshot);
  return isNonEmpty(ends) ? ends : undefined;
}

function endsOf(meant: MeantEnd, snapshot: Snapshot): readonly PathEnd[] {
  switch (meant.kind) {
    case 'named-service':
      return servicesNamed(meant.name, snapshot);
    case 'subnet':
      return interfacesWhere(snapshot, ({ subnetId }) => subnetId === meant.id);
    case 'security-group':
      return interfacesWhere(snapshot, ({ groups }) => groups.includes(meant.id));
    case 'name':
      return thoseWhere(snapshot, ({ name }) => name === meant.name);
    case 'tag':
      return thoseWhere(snapshot, (thing) => hasTag(thing, meant));
    case 'path-end':
      return exists(meant.end, snapshot) ? [meant.end] : [];
    default:
      return assertNever(meant);
  }
}

function exists(end: PathEnd, { interfaces, prefixLists }: Snapshot): boolean {
  switch (end.kind) {
    case 'interface':
      return interfaces.has(end.id);
    case 'instance':
      return [...interfaces.values()].some(({ instanceId }) => instanceId === end.id);
    case 'service':
      return prefixLists.has(end.prefixListId);
    case 'address':
    case 'internet':
      return true;
    default:
      return assertNever(end);
  }
}

/** Every region of the snapshot has a prefix list of its own for the service. */
function servicesNamed(service: string, { prefixLists }: Snapshot): readonly PathEnd[] {
  return [...prefixLists.values()]
    .filter(({ name = '' }) => SERVICE_LIST.exec(name)?.groups?.['service'] === service)
    .map(({ id }) => ({ kind: 'service', prefixListId: id }));
}

const SERVICE_LIST = /^com\.amazonaws\.[a-z0-9-]+\.(?<service>s3|dynamodb)$/;

function interfacesWhere(snapshot: Snapshot, isMeant: (each: NetworkInterface) => boolean): readonly PathEnd[] {
  return [...snapshot.interfaces.values()].filter(isMeant).map(({ id }) => ({ kind: 'interface', id }));
}

/** An instance speaks for its interfaces: one that bears its name as well is not another end. */
function thoseWhere(snapshot: Snapshot, isMeant: (thing: Instance | NetworkInterface) => boolean): readonly PathEnd[] {
  const instances = [...snapshot.instances.values()].filter((each) => each.state !== 'terminated' && isMeant(each));
  const meant = new Set(instances.map(({ id }) => id));
  const others = interfacesWhere(
    snapshot,
    (each) => isMeant(each) && (each.instanceId === undefined || !meant.has(each.instanceId)),
  );
  return [...instances.map(({ id }) => ({ kind: 'instance', id }) as const), ...others];
}

function hasTag(
  { name, tags }: Instance | NetworkInterface,
  tag: { readonly key: string; readonly value: string },
): boolean {
  return tag.key === 'Name' ? name === tag.value : tags?.get(tag.key) === tag.value;
}
