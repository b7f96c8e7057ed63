import type { Gap } from '../vpc/gap.ts';
import type { Scene } from './decision-table/situation.ts';
import type { Finding } from './finding.ts';
import { namesReason } from './names-reason.ts';
import { idsThatFilter } from './scene.ts';
import { unseenChanges } from './unseen-changes.ts';

/**
 * What could not be read and touches the whole answer: everything of a kind, or something that filters this interface.
 * That nobody looked at CloudTrail is one of them where records are judged: they may have met other rules (FLOW-109).
 */
export function configurationGaps(scene: Scene, findings: readonly Finding[]): readonly Gap[] {
  const { snapshot, filters, interface: own } = scene;
  const concerns = new Set<string>([
    ...idsThatFilter(filters),
    ...(own.instanceId === undefined ? [] : [own.instanceId]),
  ]);
  const ofSnapshot = snapshot.gaps.filter(({ about }) => about === undefined || concerns.has(about));
  const restsOnRecords = findings.some((finding) => finding.group !== undefined && !namesReason(finding));
  return restsOnRecords ? [...ofSnapshot, ...unseenChanges(scene)] : ofSnapshot;
}
