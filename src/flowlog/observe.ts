import { LineFeed, type Feed } from './feed.ts';
import { FlowCaches } from './flow-cache.ts';
import type { LogFormat } from './format.ts';
import { Ledger, type Limits, type ObserverOptions, type StopReason } from './ledger.ts';
import type { Observations } from './observations.ts';
import type { Assumed } from './parse-record.ts';

/** Reads all logs that speak of one interface, and adds up what they say. */
export interface Observer {
  /**
   * Begins a stream of lines: an object in S3, or the events of a log group. Several may be open side by side.
   * `header-first` is for text files, which name their fields (FLOW-97); a header is understood in any case, and where
   * there is none the default format is assumed (FLOW-94). `assumed` tells what a format may leave out.
   */
  readonly open: (format: LogFormat | 'header-first', assumed?: Pick<Assumed, 'action'>) => Feed;
  /** Whether reading on would add anything: false past a limit. */
  readonly wantsMore: () => boolean;
  /** Reading was ended from outside; what was read until then counts. */
  readonly stop: (reason: StopReason) => void;
  readonly finish: () => Observations;
}

const DEFAULT_LIMITS: Limits = { conversations: 50_000, records: 1_000_000, bytes: 4 * 1024 ** 3 };

/**
 * Memory is bounded by `limits`, not by the logs. Several logs may tell the same record (those of the VPC, the subnet
 * and the interface, FLOW-84; or several in one stream, FLOW-91): it counts once. In which order the logs are read, and
 * in which pieces, changes nothing below the limits but which malformed lines are shown.
 */
export function createObserver(options: ObserverOptions & { readonly limits?: Partial<Limits> }): Observer {
  const ledger = new Ledger(options, { ...DEFAULT_LIMITS, ...options.limits });
  const caches = new FlowCaches();
  return {
    open: (format, assumed = {}) => new LineFeed(ledger, caches, { format, assumed }),
    wantsMore: () => !ledger.isStopped,
    stop: (reason) => ledger.stop(reason),
    finish: () => ledger.observations(),
  };
}
