import type { BlastRadius, PassingFlow, Reach, ReachedInterface, RecordedRadius } from '../engine/fix/radius.ts';
import { explainReach, explainRecorded } from '../explain/explain-radius.ts';
import { plainText } from '../explain/plain-text.ts';
import { formatUtc } from '../lang/utc.ts';
import { formatAddress } from '../net/address.ts';
import type { Region } from '../vpc/ids.ts';
import type { WhyRejectedAnswer } from './answer-schema.ts';
import { cleanLine } from './clean-text.ts';
import { present } from './json-present.ts';

type RadiusJson = NonNullable<WhyRejectedAnswer['findings'][number]['fix']>['blastRadius'];

/** Longer lists are for whoever reads the network itself. */
const MOST_LISTED = 100;

export function radiusJson({ reaches, recorded }: BlastRadius, region: Region): RadiusJson {
  return {
    reaches: reaches.map((reach) => reachJson(reach, region)),
    ...(recorded !== undefined && { recorded: recordedJson(recorded) }),
  };
}

function reachJson(reach: Reach, region: Region): RadiusJson['reaches'][number] {
  const [change] = reach.changes;
  return {
    id: change.kind === 'add-network-acl-entry' ? change.aclId : change.groupId,
    interfaces: reach.others.slice(0, MOST_LISTED).map(interfaceJson),
    count: reach.others.length,
    subnets: reach.subnets.map(({ id }) => id),
    complete: reach.complete,
    sentence: cleanLine(plainText(explainReach(reach, region))),
  };
}

function interfaceJson({ id, name, effect }: ReachedInterface): RadiusJson['reaches'][number]['interfaces'][number] {
  return name === undefined ? { id, effect } : { id, name: cleanLine(name), effect };
}

function recordedJson(recorded: RecordedRadius): NonNullable<RadiusJson['recorded']> {
  const { of, window, isCut, others, passing } = recorded;
  return {
    of,
    window: { start: formatUtc(window.start), end: formatUtc(window.end) },
    cut: isCut,
    others,
    passing: passing.slice(0, MOST_LISTED).map(passingJson),
    count: passing.length,
    sentence: cleanLine(plainText(explainRecorded(recorded))),
  };
}

function passingJson({ group, direction, records, looksLikeScan }: PassingFlow) {
  return {
    direction,
    protocol: group.protocol,
    remoteAddr: formatAddress(group.remote),
    localAddr: formatAddress(group.local),
    ...present({ port: group.servicePort }),
    records,
    looksLikeScan,
  };
}
