import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import type { FaultKind } from './faults.ts';
import { REQUEST_ID } from './wire.ts';
import type { Answer } from './wire.ts';

interface Delivery {
  readonly strikes: readonly FaultKind[];
  /** By the clock of `performance`. */
  readonly arrivedAt: number;
  readonly latencyMs: number;
}

/** Puts the answer on the wire, late or broken as ordered. */
export async function sendAnswer(response: ServerResponse, answer: Answer, delivery: Delivery): Promise<void> {
  const struck = (kind: FaultKind['kind']): boolean => delivery.strikes.some((strike) => strike.kind === kind);
  const latency = delivery.latencyMs - (performance.now() - delivery.arrivedAt);
  const wait = latency + delivery.strikes.reduce((sum, strike) => sum + delayOf(strike), 0);
  if (wait > 0) {
    await sleep(Math.ceil(wait));
  }
  if (struck('hang')) {
    return;
  }
  if (struck('reset')) {
    response.socket?.resetAndDestroy();
    return;
  }
  response.writeHead(answer.status, {
    ...answer.headers,
    'content-length': String(answer.body.length),
    'x-amzn-requestid': REQUEST_ID,
  });
  if (struck('truncate')) {
    response.write(answer.body.subarray(0, answer.body.length / 2), () => response.destroy());
    return;
  }
  response.end(answer.body);
}

function delayOf(strike: FaultKind): number {
  return strike.kind === 'delay' ? strike.milliseconds : 0;
}
