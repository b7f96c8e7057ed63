import { ACCOUNT_ID, REGION, resourceId } from './ids.ts';
import type { Host, Rule, Story } from './story.ts';
import { roleIdentity, trailEvent, type TrailEvent } from './trail-events.ts';

/** What somebody did to the groups of the stories, as CloudTrail tells. */
export function trailOf(stories: readonly Story[], now: Date): readonly TrailEvent[] {
  return stories.flatMap(({ host, changes = [] }) =>
    changes.map(({ minutesAgo, event, rule, role }, index) => {
      const groupId = groupOf(host);
      return trailEvent({
        id: resourceId('event', `${host.name} ${index}`),
        name: event,
        atMs: now.getTime() - minutesAgo * 60_000,
        accountId: ACCOUNT_ID,
        region: REGION,
        resources: [groupId],
        identity: roleIdentity(ACCOUNT_ID, role, 'pipeline-214'),
        request: { groupId, ipPermissions: { items: [permissionOf(rule)] } },
      });
    }),
  );
}

function groupOf({ groups: [group] }: Host): string {
  return resourceId('sg', group?.name ?? '');
}

function permissionOf({ protocol, ports, peer, description }: Rule): object {
  const [fromPort, toPort] = typeof ports === 'number' ? [ports, ports] : (ports ?? [-1, -1]);
  const range = { cidrIp: peer, ...(description !== undefined && { description }) };
  return { ipProtocol: protocol, fromPort, toPort, groups: {}, ipRanges: { items: [range] }, ipv6Ranges: {} };
}
