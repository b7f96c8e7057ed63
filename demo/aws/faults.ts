import { pseudoRandom } from '../pseudo-random.ts';

/** Trouble to order: what goes wrong, with which calls. */
interface Fault {
  /** The IAM action, or `*` for all. */
  readonly action: string;
  readonly kind: FaultKind;
  /** Which calls of that action, counted from 1 since the fault was added; absent: all of them. */
  readonly calls?: readonly number[];
  /** Between 0 and 1: a share of the calls, the same ones at every run. */
  readonly probability?: number;
}

export type FaultKind =
  | { readonly kind: 'throttle' }
  | { readonly kind: 'deny' }
  | { readonly kind: 'internal-error' }
  | { readonly kind: 'error'; readonly code: string; readonly status: number }
  | { readonly kind: 'delay'; readonly milliseconds: number }
  /** Never answers. */
  | { readonly kind: 'hang' }
  /** The connection is reset before a byte of the answer. */
  | { readonly kind: 'reset' }
  /** The connection ends in the middle of the answer. */
  | { readonly kind: 'truncate' }
  /** Status 200 and a body that no parser of the service reads. */
  | { readonly kind: 'malform' };

export interface FaultControl {
  readonly add: (fault: Fault) => void;
  readonly clear: () => void;
}

/** Also says which faults strike a call. Each asking counts as one call. */
export interface FaultBook extends FaultControl {
  readonly strike: (action: string) => readonly FaultKind[];
}

export function createFaultBook(): FaultBook {
  const orders: { readonly fault: Fault; seen: number; readonly chance: () => number }[] = [];
  return {
    add(fault) {
      orders.push({ fault, seen: 0, chance: pseudoRandom(orders.length + 1) });
    },
    clear() {
      orders.length = 0;
    },
    strike(action) {
      return orders.flatMap((order) => {
        const { fault } = order;
        if (fault.action !== '*' && fault.action !== action) {
          return [];
        }
        order.seen += 1;
        const chosen = fault.calls?.includes(order.seen) ?? true;
        return chosen && order.chance() < (fault.probability ?? 1) ? [fault.kind] : [];
      });
    },
  };
}
