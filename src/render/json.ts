import type { Actor } from '../changes/change.ts';
import type { Diagnosis, LogCoverage, LogQuery } from '../engine/diagnosis.ts';
import type { Finding } from '../engine/finding.ts';
import { couldNotSeeOverall } from '../explain/explain-could-not-see.ts';
import { explainGap } from '../explain/explain-gap.ts';
import { explainFinding } from '../explain/explain-finding.ts';
import { explainCaution } from '../explain/explain-caution.ts';
import { tallyOf } from '../explain/finding-tallies.ts';
import { meetingOf } from '../explain/meeting.ts';
import { plainText } from '../explain/plain-text.ts';
import type { Sentence } from '../explain/sentence.ts';
import { formatUtc } from '../lang/utc.ts';
import { formatAddress } from '../net/address.ts';
import type { FlowLogDestination } from '../vpc/flow-log.ts';
import type { Region } from '../vpc/ids.ts';
import type { WhyRejectedAnswer } from './answer-schema.ts';
import { cleanLine } from './clean-text.ts';
import { blockerJson } from './json-blocker.ts';
import { filterChangeJson } from './json-change.ts';
import { gapJson } from './json-gap.ts';
import { present } from './json-present.ts';
import { radiusJson } from './json-radius.ts';

/** The answer for machines: exact numbers, times in UTC, and the same sentences that people read. */
export function renderJson(diagnosis: Diagnosis): WhyRejectedAnswer {
  const { window, configReadAt, noise } = diagnosis;
  return {
    schemaVersion: 1,
    target: targetJson(diagnosis),
    window: { start: formatUtc(window.start), end: formatUtc(window.end) },
    ...present({ configReadAt: mapped(configReadAt, formatUtc) }),
    coverage: coverageJson(diagnosis),
    reading: readingJson(diagnosis),
    findings: diagnosis.findings.map((finding) => findingJson(finding, diagnosis)),
    ...present({ omitted: mapped(diagnosis.omitted, ({ findings, rejected }) => ({ findings, rejected })) }),
    ...present({ unjudged: diagnosis.unjudged }),
    noise: { records: noise.records, sources: noise.sources, ports: [...noise.ports] },
    couldNotSee: couldNotSeeOverall(diagnosis).map(plain),
  };
}

function targetJson({ target }: Diagnosis): WhyRejectedAnswer['target'] {
  return {
    eniId: target.id,
    accountId: target.accountId,
    region: target.region,
    vpcId: target.interface.vpcId,
    ...present({ subnetId: target.interface.subnetId, name: mapped(target.name, cleanLine) }),
    owner: target.owner.kind,
    addresses: target.interface.addresses.map(({ address }) => formatAddress(address)),
    securityGroups: [...target.interface.groups],
  };
}

function coverageJson({ coverage, gaps }: Diagnosis): WhyRejectedAnswer['coverage'] {
  return {
    flowLogs: coverage.logs.map(flowLogJson),
    sees: { ...coverage.sees },
    ...present({ freshUntil: mapped(coverage.freshUntil, formatUtc) }),
    missingFields: [...coverage.missingFields],
    gaps: gaps.map((gap) => gapJson(gap, explainGap)),
  };
}

function flowLogJson({ log, reading }: LogCoverage): WhyRejectedAnswer['coverage']['flowLogs'][number] {
  return {
    id: log.id,
    resourceId: log.resourceId,
    trafficType: log.trafficType,
    destination: destinationUrl(log.destination),
    format: log.format,
    aggregationInterval: log.aggregationInterval,
    reading: reading.kind,
    ...(reading.kind === 'read' && {
      records: reading.records,
      ...present({ query: mapped(reading.query, queryJson) }),
    }),
  };
}

function queryJson({ service, size, scanned, cost, price }: LogQuery) {
  return { service, ...present({ sizeBytes: size }), scannedBytes: scanned, cost, price };
}

function destinationUrl(destination: FlowLogDestination): string {
  if (destination.kind === 'cloud-watch-logs') return destination.logGroup;
  return destination.kind === 's3' ? `s3://${destination.bucket}/${destination.prefix}` : destination.arn;
}

function readingJson({ reading }: Diagnosis): WhyRejectedAnswer['reading'] {
  const { records, accepted, rejected, malformed, undirected, bytes, stoppedEarly } = reading;
  const counts = { records, accepted, rejected, malformed: malformed.count, undirected: undirected.count, bytes };
  return { ...counts, ...present({ stoppedEarly }) };
}

function findingJson(finding: Finding, diagnosis: Diagnosis): WhyRejectedAnswer['findings'][number] {
  const telling = { finding, diagnosis };
  const explained = explainFinding(telling);
  return {
    row: finding.row,
    alternatives: [...finding.alternatives],
    verdict: finding.verdict,
    summary: plain(explained.headline),
    flow: flowJson(finding),
    alsoRemote: (finding.alike ?? []).map(({ remote }) => formatAddress(remote)),
    records: recordsJson(finding),
    blockedBy: finding.blockedBy.map((blocker) => blockerJson(blocker, meetingOf(telling))),
    confidence: finding.confidence,
    changes: changesJson(finding),
    why: [...explained.obstacles, ...explained.facts].map(plain),
    couldNotSee: explained.couldNotSee.map(plain),
    ...present({ fix: fixJson(finding, diagnosis.target.region) }),
  };
}

function changesJson({ reasons }: Finding): WhyRejectedAnswer['findings'][number]['changes'] {
  return reasons.flatMap((reason) => {
    if (reason.kind !== 'changed') return [];
    const { event, at, objects, by } = reason.change;
    const told = { event: cleanLine(event), at: formatUtc(at), objects: objects.map(cleanLine) };
    return [{ ...told, ...present({ by: mapped(by, actorJson), effect: reason.effect }) }];
  });
}

function actorJson({ kind, name, session }: Actor) {
  return { kind, ...present({ name: mapped(name, cleanLine), session: mapped(session, cleanLine) }) };
}

function flowJson({ flow }: Finding): WhyRejectedAnswer['findings'][number]['flow'] {
  return {
    direction: flow.direction,
    leg: flow.leg,
    srcAddr: formatAddress(flow.source),
    dstAddr: formatAddress(flow.destination),
    protocol: flow.protocol,
    ...present({ dstPort: flow.destinationPort, srcPort: flow.sourcePort }),
  };
}

/** Over all groups of the finding. Times and samples are those of its rejects, or of what was accepted without any. */
function recordsJson(finding: Finding): WhyRejectedAnswer['findings'][number]['records'] {
  const { direction } = finding.flow;
  const [accepted, rejected] = [tallyOf(finding, direction, 'accepted'), tallyOf(finding, direction, 'rejected')];
  const counts = { rejected: rejected?.records ?? 0, accepted: accepted?.records ?? 0 };
  const told = rejected ?? accepted;
  if (told === undefined) return { ...counts, samples: [] };
  return {
    ...counts,
    firstSeen: formatUtc(told.firstSeen),
    lastSeen: formatUtc(told.lastSeen),
    samples: told.samples.slice(0, 5).map(cleanLine),
  };
}

function fixJson({ fix }: Finding, region: Region): WhyRejectedAnswer['findings'][number]['fix'] {
  if (fix === undefined) return undefined;
  return {
    changes: fix.changes.map((change) => filterChangeJson(change, region)),
    passes: fix.passes,
    of: fix.of,
    alone: [...fix.alone],
    cautions: fix.cautions.map(explainCaution).map(plain),
    blastRadius: radiusJson(fix.radius, region),
  };
}

function plain(spans: Sentence): string {
  return cleanLine(plainText(spans));
}

function mapped<Value, Result>(value: Value | undefined, change: (value: Value) => Result): Result | undefined {
  return value === undefined ? undefined : change(value);
}
