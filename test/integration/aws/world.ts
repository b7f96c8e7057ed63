import { expect, onTestFinished } from 'vitest';
import { accessKeyOf, type StandInAccount } from '../../../demo/aws/stand-in-account.ts';
import { startAws, type StandInAws } from '../../../demo/aws/start-aws.ts';
import { CALLS } from '../../../src/aws/calls.ts';
import { createCollector, type Collector } from '../../../src/aws/create-collector.ts';
import { DEFAULT_LIMITS, type AwsLimits, type AwsSettings } from '../../../src/aws/aws-settings.ts';
import type { Target } from '../../../src/command/command.ts';
import type { Step } from '../../../src/engine/step.ts';
import { parseAddress } from '../../../src/net/address.ts';
import type { Collected, CollectRequest } from '../../../src/workflow/sources.ts';
import { clock } from '../../support/flow-lines.ts';
import { eni, instance } from '../../support/ids.ts';
import { ACCOUNT, REGION } from '../../support/vpc-plan.ts';

const NOON = { start: clock('12:00:00'), end: clock('13:00:00') };

export const byEni = (name: string): Target => ({ kind: 'network-interface', id: eni(name) });
export const byInstance = (name: string): Target => ({ kind: 'instance', id: instance(name) });
export const byAddress = (text: string): Target => ({ kind: 'address', address: parseAddress(text)! });

export interface World {
  readonly aws: StandInAws;
  readonly collector: Collector;
  readonly steps: Step[];
  /** IAM actions asked of the stand-in so far, in the order of the alphabet. */
  readonly actions: () => readonly string[];
  readonly collect: (target: Target, request?: Partial<CollectRequest>, signal?: AbortSignal) => Promise<Collected>;
}

interface WorldOptions {
  readonly limits?: Partial<AwsLimits>;
  readonly settings?: Partial<AwsSettings>;
  /** Whose keys the SDK's own chain finds. */
  readonly as?: string;
  readonly latencyMs?: number;
}

/** What `vpc-why iam-policy` prints is all that is ever asked. */
const ALLOWED: ReadonlySet<string> = new Set(Object.values(CALLS).map((call) => call.action));

/** AWS on loopback, and a collector that looks there with the SDK's own credentials, unless accounts are configured. */
export async function connect(
  accounts: readonly StandInAccount[],
  { limits, settings, as = ACCOUNT, latencyMs = 0 }: WorldOptions = {},
): Promise<World> {
  process.env['AWS_ACCESS_KEY_ID'] = accessKeyOf(as);
  process.env['AWS_SECRET_ACCESS_KEY'] = 'on-loopback-nobody-checks';
  const aws = await startAws({ accounts, latencyMs });
  const collector = createCollector({
    accounts: [],
    regions: [REGION],
    endpoint: aws.url,
    ...settings,
    limits: { ...DEFAULT_LIMITS, ...limits },
  });
  const warnings: Error[] = [];
  const noteWarning = (warning: Error) => warnings.push(warning);
  process.on('warning', noteWarning);
  onTestFinished(async () => {
    collector.close();
    await aws.close();
    process.off('warning', noteWarning);
    expect(warnings.filter(({ name }) => name === 'MaxListenersExceededWarning')).toEqual([]);
    expect(aws.calls.map(({ action }) => action).filter((action) => !ALLOWED.has(action))).toEqual([]);
  });
  const steps: Step[] = [];
  return {
    aws,
    collector,
    steps,
    actions: () => [...new Set(aws.calls.map((call) => call.action))].toSorted(),
    collect: (target, request = {}, signal = new AbortController().signal) =>
      collector.collect(
        { target, scope: {}, window: NOON, askedBy: 'U024BE7LH', ...request },
        { signal, onStep: (step) => steps.push(step) },
      ),
  };
}

/** The failure that a question ends in. */
export async function failureOf(question: Promise<unknown>): Promise<unknown> {
  return question.then(
    () => 'answered',
    (error: unknown) => (error instanceof Error && 'failure' in error ? error.failure : error),
  );
}
