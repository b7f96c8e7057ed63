import { lostRecords } from '../coverage.ts';
import type { Reason } from '../finding.ts';
import { blocked, noEvidence } from './conclude.ts';
import type { Conclusion, SilenceRow } from './row.ts';
import type { SilentSituation } from './situation.ts';

/** No record tells of the traffic: what the silence itself can tell, T-54 to T-62. */
export const SILENCE: readonly SilenceRow[] = [
  {
    id: 'T-54',
    about: 'silence',
    title: 'The interface has other records and none of this traffic: it never arrived here',
    when: [
      ({ scene }) => scene.coverage.sees.accept && scene.coverage.sees.reject,
      ({ scene }) => scene.observations.skipdata.length === 0,
      ({ notLoggable }) => notLoggable === undefined,
      not(isTooYoung),
      not(wasSilent),
    ],
    conclude: neverArrived,
  },
  {
    id: 'T-55',
    about: 'silence',
    title: 'Traffic that flow logs never record: DNS to the resolver, instance metadata, time, DHCP',
    when: [({ notLoggable }) => notLoggable !== undefined],
    conclude: ({ notLoggable = '' }) =>
      noEvidence('certain', { reasons: [{ kind: 'not-loggable', service: notLoggable }] }),
  },
  {
    id: 'T-56',
    about: 'silence',
    title: 'The interface was silent for the whole window: nothing came and nothing was sent',
    when: [wasSilent],
    conclude: () => noEvidence('certain', {}),
  },
  {
    id: 'T-57',
    about: 'silence',
    title: 'AWS lost records in the window: absence proves nothing',
    when: [({ scene }) => scene.observations.skipdata.length > 0],
    conclude: ({ scene, asked }) =>
      noEvidence('possible', { reasons: today(asked), gaps: lostRecords(scene.observations) }),
  },
  {
    id: 'T-58',
    about: 'silence',
    title: 'No flow log covers the interface: only its configuration can be judged',
    when: [({ scene }) => scene.coverage.logs.length === 0 && !flowLogsUnknown(scene)],
    conclude: byConfiguration,
  },
  {
    id: 'T-59',
    about: 'silence',
    title: 'Only accepted traffic is logged: a block cannot show',
    when: [({ scene }) => scene.coverage.sees.accept && !scene.coverage.sees.reject],
    conclude: byConfiguration,
  },
  {
    id: 'T-60',
    about: 'silence',
    title: 'Only rejected traffic is logged: accepted, or never there',
    when: [({ scene }) => scene.coverage.sees.reject && !scene.coverage.sees.accept],
    conclude: ({ asked }) => noEvidence('possible', { reasons: today(asked) }),
  },
  {
    id: 'T-61',
    about: 'silence',
    title: 'Flow logs exist and cannot be read, or are not delivered',
    when: [({ scene }) => flowLogsUnknown(scene) || (scene.coverage.logs.length > 0 && !seesAnything(scene))],
    conclude: byConfiguration,
  },
  {
    id: 'T-62',
    about: 'silence',
    title: 'The window is younger than the delivery of records takes',
    when: [isTooYoung],
    conclude: (situation) =>
      noEvidence('possible', { reasons: [...today(situation.asked), ...notDeliveredYet(situation)] }),
  },
];

type SilentScene = SilentSituation['scene'];

function not(question: (situation: SilentSituation) => boolean): (situation: SilentSituation) => boolean {
  return (situation) => !question(situation);
}

function seesAnything({ coverage }: SilentScene): boolean {
  return coverage.sees.accept || coverage.sees.reject;
}

/** Which flow logs there are could not be read: that none covers the interface cannot be said either. */
function flowLogsUnknown({ snapshot, coverage }: SilentScene): boolean {
  return coverage.logs.length === 0 && snapshot.gaps.some(({ fact }) => fact === 'flow-logs');
}

function freshUntil({ coverage }: SilentScene): number {
  return coverage.freshUntil ?? Infinity;
}

function isTooYoung({ scene }: SilentSituation): boolean {
  return seesAnything(scene) && scene.observations.window.start >= freshUntil(scene);
}

/** NODATA is evidence (FLOW-57). Records come by the minute: the edges of the window are given that much. */
function wasSilent({ scene }: SilentSituation): boolean {
  if (scene.observations.reading.records > 0) return false;
  const { window, nodata } = scene.observations;
  const end = Math.min(window.end, freshUntil(scene));
  return nodata.some((silent) => silent.start <= window.start + EDGE_SECONDS && silent.end >= end - EDGE_SECONDS);
}

const EDGE_SECONDS = 60;

/** The packet asked about is not on record: today's rules are all there is to judge it by (T-58, T-59, DEC-4). */
function byConfiguration({ asked }: SilentSituation): Conclusion {
  const blockers = asked?.answers.blockers ?? [];
  if (blockers.length === 0) return noEvidence('possible', { reasons: today(asked), gaps: asked?.answers.gaps ?? [] });
  return blocked('likely', { blockedBy: blockers, reasons: today(asked), gaps: asked?.answers.gaps ?? [] });
}

/** Something not delivered yet may still come: said beside the answer, with the time to ask again. */
function neverArrived(situation: SilentSituation): Conclusion {
  const { asked, scene } = situation;
  const isWhole = scene.observations.window.end <= freshUntil(scene);
  const hasOthers = scene.observations.reading.records > 0;
  return noEvidence(isWhole && hasOthers ? 'likely' : 'possible', {
    reasons: [...today(asked), ...(isWhole ? [] : notDeliveredYet(situation))],
    gaps: asked?.answers.gaps ?? [],
  });
}

function today(asked: SilentSituation['asked']): readonly Reason[] {
  if (asked === undefined) return [];
  if (asked.answers.blockers.length > 0) return [{ kind: 'configuration-denies' }];
  const allows = asked.answers.sg === 'allow' && asked.answers.acl === 'allow';
  return allows ? [{ kind: 'configuration-allows', today: true }] : [];
}

/** The end of the window will have been delivered after as long as delivery takes now (FLOW-54). */
function notDeliveredYet({ scene }: SilentSituation): readonly Reason[] {
  const { freshUntil: horizon } = scene.coverage;
  if (horizon === undefined) return [];
  return [
    { kind: 'not-delivered-yet', retryAt: Math.min(scene.observations.window.end, scene.now) + (scene.now - horizon) },
  ];
}
