import * as z from 'zod';
import type { Gap } from '../gap.ts';
import type { RawSnapshot } from '../raw-snapshot.ts';
import type { BlockPublicAccess, InternetGatewayBlockMode } from '../snapshot.ts';
import { idOf, malformed, membersOf } from './parse-items.ts';
import { present } from './present.ts';

const mode: z.ZodType<InternetGatewayBlockMode> = z.enum(['off', 'block-bidirectional', 'block-ingress']);

/** `BlockPublicAccessStates` of a VPC or subnet. A mode that we do not know must not hide the VPC: see `blockModeGaps`. */
export const blockPublicAccessStates: z.ZodType<{ InternetGatewayBlockMode?: string | undefined } | undefined> = z
  .object({ InternetGatewayBlockMode: z.string().optional() })
  .optional();

export function blockModeOf(states: z.output<typeof blockPublicAccessStates>): InternetGatewayBlockMode | undefined {
  return mode.safeParse(states?.InternetGatewayBlockMode).data;
}

/** VPCs and subnets whose mode AWS told in a word that we do not know (RT-34). */
export function blockModeGaps(raw: RawSnapshot): readonly Gap[] {
  return ['Vpc', 'Subnet'].flatMap((kind) =>
    membersOf(raw, `${kind}s`)
      .filter(hasUnknownMode)
      .map((item) => malformed('block-public-access', idOf(item, `${kind}Id`), raw)),
  );
}

const WithStates = z.object({ BlockPublicAccessStates: z.object({ InternetGatewayBlockMode: z.string() }) });

function hasUnknownMode(item: unknown): boolean {
  const states = WithStates.safeParse(item).data?.BlockPublicAccessStates;
  return states !== undefined && blockModeOf(states) === undefined;
}

/**
 * The account's mode in this region (RT-33).
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcBlockPublicAccessOptions.html
 */
export function parseBlockPublicAccess(raw: RawSnapshot): {
  readonly blockPublicAccess: BlockPublicAccess | undefined;
  readonly gaps: readonly Gap[];
} {
  const options = raw['VpcBlockPublicAccessOptions'] ?? undefined;
  if (options === undefined) return { blockPublicAccess: undefined, gaps: [] };
  const blockPublicAccess = Options.safeParse(options).data;
  const gaps = blockPublicAccess === undefined ? [malformed('block-public-access', undefined, raw)] : [];
  return { blockPublicAccess, gaps };
}

const Options = z
  .object({ InternetGatewayBlockMode: mode, ManagedBy: z.string().optional() })
  .transform((options): BlockPublicAccess =>
    present({ mode: options.InternetGatewayBlockMode, managedBy: options.ManagedBy }),
  );
