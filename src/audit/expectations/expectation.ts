import type { PathEnd } from '../../engine/path/path.ts';
import type { Protocol } from '../../net/protocol.ts';
import type { SecurityGroupId, SubnetId } from '../../vpc/ids.ts';
import type { GatewayService } from '../traffic.ts';

/** A line of the file in which people write what must be reachable and what must not. */
export interface Expectation {
  readonly must: 'reach' | 'not-reach';
  readonly from: ExpectedEnd;
  readonly to: ExpectedEnd;
  readonly protocol: Protocol;
  /** TCP and UDP only. */
  readonly port?: number;
  /** What its author calls it. Escape before showing. */
  readonly name?: string;
}

export interface ExpectedEnd {
  /** As its author wrote it. Escape before showing. */
  readonly written: string;
  readonly meant: MeantEnd;
}

/** One end of a path, or all interfaces and instances that answer to a description. */
export type MeantEnd =
  | { readonly kind: 'path-end'; readonly end: PathEnd }
  | { readonly kind: 'named-service'; readonly name: GatewayService }
  | { readonly kind: 'subnet'; readonly id: SubnetId }
  | { readonly kind: 'security-group'; readonly id: SecurityGroupId }
  /** The `Name` tag of an instance or an interface. */
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'tag'; readonly key: string; readonly value: string };
