import { setImmediate } from 'node:timers/promises';
import type { Diagnosis } from '../engine/diagnosis.ts';
import { wantsRecordsOf } from '../engine/wants-records.ts';
import { inTurn } from './costs.ts';
import { lookAt, type Investigation, type Look } from './look-at.ts';
import { lookDeeper, type DeeperSources } from './look-deeper.ts';
import { readOthers } from './read-others.ts';
import type { Collect, CollectionCost, CollectOptions } from './sources.ts';

export interface WhyRejectedAnswer {
  readonly diagnosis: Diagnosis;
  readonly cost: CollectionCost;
}

/** What a question is answered from. */
export interface WhyRejectedSources extends DeeperSources {
  readonly collect: Collect;
}

/** A verdict, and those who want to know of it before it has been looked into. */
export interface WhyRejectedAsking extends Investigation {
  /** Told what stands before the slow part begins: who changed it, the way beyond, the proof of the fix. */
  readonly onFirstLook?: (diagnosis: Diagnosis) => void;
}

/**
 * Collect, parse, diagnose: the whole story of one question. Where the cause lies further on, the records of the host's
 * other interfaces and the networks that the packet crosses are read too, and the question is asked again.
 */
export async function answerWhyRejected(
  { onFirstLook, ...investigation }: WhyRejectedAsking,
  sources: WhyRejectedSources,
  options: CollectOptions,
): Promise<WhyRejectedAnswer> {
  const { target, scope, window } = investigation.command;
  const collected = await sources.collect({ target, scope, window, askedBy: investigation.askedBy }, options);
  options.onStep({ kind: 'diagnosing' });
  await afterOthers();
  const near = await lookAtOthers(lookAt({ investigation, collected, others: new Map() }), sources.collect, options);
  onFirstLook?.(near.diagnosis);
  // What was begun and is not wanted after all ends with the question.
  const ending = new AbortController();
  try {
    return await lookDeeper(near, sources, { ...options, signal: AbortSignal.any([options.signal, ending.signal]) });
  } finally {
    ending.abort();
  }
}

/** To read and to judge ten thousand flows takes a second each: who waits for an acknowledgement gets it in between. */
function afterOthers(): Promise<void> {
  return setImmediate();
}

/** An answer may have left by another interface of the instance (CT-21). */
async function lookAtOthers(look: Look, collect: Collect, { onStep, signal }: CollectOptions): Promise<Look> {
  const { investigation, collected, diagnosis } = look;
  const wanted = wantsRecordsOf(diagnosis);
  if (wanted.length === 0) return look;
  onStep({ kind: 'reading-other-interfaces' });
  const { accountId, region } = diagnosis.target;
  const request = {
    scope: { accountId, region },
    window: investigation.command.window,
    askedBy: investigation.askedBy,
  };
  const { records, snapshots, cost } = await readOthers(wanted, { collect, request, signal });
  const both = { snapshots: [...collected.snapshots, ...snapshots], cost: inTurn(collected.cost, cost) };
  return lookAt({ investigation, collected: { ...collected, ...both }, others: records });
}
