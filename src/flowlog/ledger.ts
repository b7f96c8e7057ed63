import type { TimeWindow } from '../lang/time.ts';
import type { Address } from '../net/address.ts';
import type { NetworkInterfaceId } from '../vpc/ids.ts';
import { Flows, type Flow } from './flows.ts';
import { isKnownField, type LogFormat } from './format.ts';
import { FlowGroups } from './group-flows.ts';
import { Intervals } from './intervals.ts';
import { Mentions } from './mentions.ts';
import type { FlowGroup, Observations, Reading } from './observations.ts';
import type { FlowRecord } from './record.ts';
import { RecordTable, type RecordNumbers } from './record-table.ts';
import { SampleStore, type RawLine } from './samples.ts';

/** Bounds on what is kept in memory, whatever the logs hold. */
export interface Limits {
  /** Five-tuples told apart. Past them client ports are laid together (`flow-limit`). */
  readonly conversations: number;
  /** Records kept, some 45 bytes each. Past them nothing more is read (`record-limit`). */
  readonly records: number;
  /** Unpacked bytes read. Past them nothing more is read (`byte-limit`). */
  readonly bytes: number;
}

/** Lines kept as evidence over all groups; rejects and accepts have a budget each, for accepts are far more. */
const SAMPLE_BUDGET = 20_000;

export type StopReason = NonNullable<Reading['stoppedEarly']>;

export interface ObserverOptions {
  readonly interfaceId: NetworkInterfaceId;
  /** The interface's own addresses, by which directions are told where records don't tell them (FLOW-47). */
  readonly addresses: readonly Address[];
  readonly window: TimeWindow;
}

/** Everything that was seen of one interface, whichever log told it. */
export class Ledger {
  readonly interfaceId: NetworkInterfaceId;
  readonly window: TimeWindow;
  readonly malformed = new Mentions();
  readonly #limits: Limits;
  readonly #flows: Flows;
  readonly #table: RecordTable;
  readonly #samples = { accepts: new SampleStore(SAMPLE_BUDGET), rejects: new SampleStore(SAMPLE_BUDGET) };
  readonly #silences = { nodata: new Intervals(), skipdata: new Intervals() };
  readonly #fields = new Set<string>();
  readonly #undirected = new Mentions();
  readonly #counts = { accepted: 0, rejected: 0 };
  #bytes = 0;
  #newestEnd = -Infinity;
  #stopped: StopReason | undefined;

  constructor(options: ObserverOptions, limits: Limits) {
    this.interfaceId = options.interfaceId;
    this.window = options.window;
    this.#limits = limits;
    this.#flows = new Flows(options.addresses, limits.conversations);
    this.#table = new RecordTable(limits.records);
  }

  get isStopped(): boolean {
    return this.#stopped !== undefined;
  }

  stop(reason: StopReason): void {
    this.#stopped ??= reason;
  }

  addFormat(format: LogFormat): void {
    for (const field of format.fields) if (isKnownField(field)) this.#fields.add(field);
  }

  /** Whether there is still room for these bytes. */
  takeBytes(count: number): boolean {
    if (!this.isStopped && this.#bytes + count > this.#limits.bytes) this.stop('byte-limit');
    if (this.isStopped) return false;
    this.#bytes += count;
    return true;
  }

  /** Records count when they touch the window: long ones begin before it (FLOW-93). */
  isInWindow({ start, end }: TimeWindow): boolean {
    return start <= this.window.end && end >= this.window.start;
  }

  flowOf(record: FlowRecord): Flow | undefined {
    return this.#flows.flowOf(record);
  }

  /** A record without a flow is one more than can be kept: it is counted and no more. */
  addRecord(flow: Flow | undefined, record: RecordNumbers & RawLine): void {
    const outcome = flow === undefined ? 'added' : this.#table.add(flow, record);
    if (outcome === 'full') this.stop('record-limit');
    if (outcome === 'added') this.#count(flow, record);
    if (flow !== undefined && (outcome === 'added' || flow.conversation !== flow.identity)) {
      this.#samplesFor(record.isReject).offer(tallyOf(flow), record);
    }
  }

  addSilence(kind: 'nodata' | 'skipdata' | 'unstated', interval: TimeWindow): void {
    this.#noteEnd(interval.end);
    if (kind !== 'unstated') this.#silences[kind].add(interval);
  }

  observations(): Observations {
    return {
      interfaceId: this.interfaceId,
      window: this.window,
      groups: this.#groups(),
      nodata: this.#silences.nodata.merged(),
      skipdata: this.#silences.skipdata.merged(),
      fields: new Set(this.#fields),
      reading: this.#reading(),
    };
  }

  #count(flow: Flow | undefined, record: RecordNumbers & RawLine): void {
    this.#noteEnd(record.end);
    this.#counts[record.isReject ? 'rejected' : 'accepted'] += 1;
    if (flow?.direction === 'unknown') this.#undirected.add(record);
  }

  #noteEnd(end: number): void {
    this.#newestEnd = Math.max(this.#newestEnd, end);
  }

  #groups(): FlowGroup[] {
    const groups = new FlowGroups(this.window);
    this.#table.forEachConversation((number, sightings) => {
      const conversation = this.#flows.conversations[number];
      if (conversation === undefined) return;
      groups.add({
        conversation,
        sightings,
        samples: (direction, action) =>
          this.#samplesFor(action === 'REJECT').of(tallyOf({ conversation: number, direction })),
      });
    });
    return groups.build();
  }

  #reading(): Reading {
    const { accepted, rejected } = this.#counts;
    const stopped = this.#stopped ?? (this.#flows.isFull ? 'flow-limit' : undefined);
    return {
      records: accepted + rejected,
      accepted,
      rejected,
      malformed: this.malformed.told(),
      undirected: this.#undirected.told(),
      bytes: this.#bytes,
      ...(this.#newestEnd === -Infinity ? {} : { newestEnd: this.#newestEnd }),
      ...(stopped === undefined ? {} : { stoppedEarly: stopped }),
    };
  }

  #samplesFor(isReject: boolean): SampleStore {
    return isReject ? this.#samples.rejects : this.#samples.accepts;
  }
}

/** One number for a conversation and a direction. */
function tallyOf({ conversation, direction }: Pick<Flow, 'conversation' | 'direction'>): number {
  return 2 * conversation + (direction === 'egress' ? 1 : 0);
}
