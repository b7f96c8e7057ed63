import { UNTOLD } from './line-fields.ts';
import type { Flow } from './flows.ts';
import type { Sighting } from './sighting.ts';

/** What the table takes of a record. */
export interface RecordNumbers {
  readonly start: number;
  readonly end: number;
  readonly isReject: boolean;
  readonly packets: number;
  readonly bytes: number;
  /** `UNTOLD` when absent. */
  readonly flags: number;
  /** `UNTOLD` when absent. */
  readonly trafficPath: number;
  readonly rejectReason: string | undefined;
}

const KIND = { ingress: 0, egress: 2, unknown: 4 } as const;
const DIRECTIONS = ['ingress', 'egress'] as const;
const FIRST_CAPACITY = 1024;
const MOST_REASONS = 250;

/**
 * The records of one interface in columns: some 35 bytes a record where an object costs 500.
 * A record that another log of the same interface told already (FLOW-84) is recognised and not added again: equal in
 * flow, action, interval, packets and bytes. What only the second log tells (flags, reason, packet addresses) is kept.
 */
export class RecordTable {
  #size = 0;
  readonly #limit: number;
  #columns = columns(FIRST_CAPACITY);
  /** Open addressing: row number + 1 by hash, 0 where free; always at most half full. */
  #slots = new Uint32Array(2 * FIRST_CAPACITY);
  readonly #reasons: string[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(flow: Flow, record: RecordNumbers): 'added' | 'duplicate' | 'full' {
    const slot = this.#slotFor(flow, record);
    const row = read(this.#slots, slot) - 1;
    if (row >= 0) {
      this.#enrich(row, flow, record);
      return 'duplicate';
    }
    if (this.#size === this.#limit) return 'full';
    this.#append(flow, record);
    this.#slots[slot] = this.#size;
    if (this.#size === this.#columns.start.length) this.#grow();
    return 'added';
  }

  /** Hands over the records of each conversation in turn, in the order of their start; undirected ones are left out. */
  forEachConversation(visit: (conversation: number, sightings: readonly Sighting[]) => void): void {
    const rows = this.#rowsByConversation();
    const conversationOf = (index: number): number => read(this.#columns.conversation, read(rows, index));
    for (let from = 0, to = 0; from < rows.length; from = to) {
      const conversation = conversationOf(from);
      while (to < rows.length && conversationOf(to) === conversation) to += 1;
      const sightings = Array.from(rows.subarray(from, to), (row) => this.#sighting(row)).filter(
        (sighting) => sighting !== undefined,
      );
      if (sightings.length > 0) visit(conversation, sightings.sort(inTime));
    }
  }

  /** The slot of the row that tells the same, else a free one. Merged conversations have lost what would tell rows apart. */
  #slotFor(flow: Flow, record: RecordNumbers): number {
    const mask = this.#slots.length - 1;
    let slot = hash(flow.identity, record) & mask;
    for (; ; slot = (slot + 1) & mask) {
      const row = read(this.#slots, slot) - 1;
      if (row < 0 || (!flow.isMerged && this.#isSame(row, flow, record))) return slot;
    }
  }

  #isSame(row: number, flow: Flow, record: RecordNumbers): boolean {
    const { identity, conversation, kind, start, end, packets, bytes } = this.#columns;
    const told = read(conversation, row);
    return (
      read(identity, row) === flow.identity &&
      read(start, row) === record.start &&
      read(end, row) === record.end &&
      read(packets, row) === record.packets &&
      read(bytes, row) === record.bytes &&
      read(kind, row) === kindOf(flow, record) &&
      // Two logs may differ in whether they tell packet addresses, not in what those are.
      (told === flow.conversation || told === flow.identity || flow.conversation === flow.identity)
    );
  }

  #enrich(row: number, flow: Flow, record: RecordNumbers): void {
    const { conversation, flags, trafficPath, reason } = this.#columns;
    if (flow.conversation !== flow.identity) conversation[row] = flow.conversation;
    if (flags[row] === UNTOLD) flags[row] = record.flags;
    if (trafficPath[row] === UNTOLD) trafficPath[row] = record.trafficPath;
    if (reason[row] === 0) reason[row] = this.#reasonNumber(record.rejectReason);
  }

  #append(flow: Flow, record: RecordNumbers): void {
    const { conversation, identity, kind, start, end, packets, bytes, flags, trafficPath, reason } = this.#columns;
    const row = this.#size;
    conversation[row] = flow.conversation;
    identity[row] = flow.identity;
    kind[row] = kindOf(flow, record);
    start[row] = record.start;
    end[row] = record.end;
    packets[row] = record.packets;
    bytes[row] = record.bytes;
    flags[row] = record.flags;
    trafficPath[row] = record.trafficPath;
    reason[row] = this.#reasonNumber(record.rejectReason);
    this.#size += 1;
  }

  /** 0 for none. AWS knows two reasons (FLOW-35); of a log that makes up hundreds the late ones are not kept. */
  #reasonNumber(reason: string | undefined): number {
    if (reason === undefined) return 0;
    const known = this.#reasons.indexOf(reason);
    if (known >= 0) return known + 1;
    return this.#reasons.length < MOST_REASONS ? this.#reasons.push(reason) : 0;
  }

  #grow(): void {
    this.#columns = widen(this.#columns);
    const slots = new Uint32Array(2 * this.#slots.length);
    const mask = slots.length - 1;
    for (let row = 0; row < this.#size; row += 1) {
      let slot = hash(read(this.#columns.identity, row), this.#numbers(row)) & mask;
      while (read(slots, slot) !== 0) slot = (slot + 1) & mask;
      slots[slot] = row + 1;
    }
    this.#slots = slots;
  }

  /** Row numbers with the rows of each conversation side by side: a counting sort. */
  #rowsByConversation(): Uint32Array {
    const { conversation } = this.#columns;
    const next = new Uint32Array(conversation.subarray(0, this.#size).reduce((a, b) => Math.max(a, b), 0) + 2);
    for (let row = 0; row < this.#size; row += 1)
      next[read(conversation, row) + 1] = read(next, read(conversation, row) + 1) + 1;
    for (let index = 1; index < next.length; index += 1) next[index] = read(next, index) + read(next, index - 1);
    const rows = new Uint32Array(this.#size);
    for (let row = 0; row < this.#size; row += 1) {
      const place = read(next, read(conversation, row));
      rows[place] = row;
      next[read(conversation, row)] = place + 1;
    }
    return rows;
  }

  #numbers(row: number): Pick<RecordNumbers, 'start' | 'end' | 'packets' | 'bytes'> {
    const { start, end, packets, bytes } = this.#columns;
    return { start: read(start, row), end: read(end, row), packets: read(packets, row), bytes: read(bytes, row) };
  }

  #sighting(row: number): Sighting | undefined {
    const kind = read(this.#columns.kind, row);
    const direction = DIRECTIONS[kind >> 1];
    if (direction === undefined) return undefined;
    const flags = read(this.#columns.flags, row);
    const trafficPath = read(this.#columns.trafficPath, row);
    const rejectReason = this.#reasons[read(this.#columns.reason, row) - 1];
    return {
      direction,
      action: (kind & 1) === 1 ? 'REJECT' : 'ACCEPT',
      ...this.#numbers(row),
      ...(flags === UNTOLD ? {} : { flags }),
      ...(trafficPath === UNTOLD ? {} : { trafficPath }),
      ...(rejectReason === undefined ? {} : { rejectReason }),
    };
  }
}

interface Columns {
  readonly conversation: Uint32Array;
  readonly identity: Uint32Array;
  readonly kind: Uint8Array;
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  readonly packets: Float64Array;
  readonly bytes: Float64Array;
  readonly flags: Int16Array;
  readonly trafficPath: Int16Array;
  readonly reason: Uint8Array;
}

function columns(capacity: number): Columns {
  return {
    conversation: new Uint32Array(capacity),
    identity: new Uint32Array(capacity),
    kind: new Uint8Array(capacity),
    start: new Uint32Array(capacity),
    end: new Uint32Array(capacity),
    packets: new Float64Array(capacity),
    bytes: new Float64Array(capacity),
    flags: new Int16Array(capacity),
    trafficPath: new Int16Array(capacity),
    reason: new Uint8Array(capacity),
  };
}

function widen(old: Columns): Columns {
  const wide = columns(2 * old.start.length);
  wide.conversation.set(old.conversation);
  wide.identity.set(old.identity);
  wide.kind.set(old.kind);
  wide.start.set(old.start);
  wide.end.set(old.end);
  wide.packets.set(old.packets);
  wide.bytes.set(old.bytes);
  wide.flags.set(old.flags);
  wide.trafficPath.set(old.trafficPath);
  wide.reason.set(old.reason);
  return wide;
}

/** A row that was written: the compiler cannot know that the index is within bounds. */
function read(column: Uint8Array | Uint32Array | Int16Array | Float64Array, row: number): number {
  return column[row] ?? 0;
}

/** Direction and action in one number. */
function kindOf(flow: Flow, record: RecordNumbers): number {
  return KIND[flow.direction] + (record.isReject ? 1 : 0);
}

function hash(identity: number, record: Pick<RecordNumbers, 'start' | 'end' | 'packets' | 'bytes'>): number {
  let mixed = Math.imul(identity, 0x9e37_79b1) ^ Math.imul(record.start, 0x85eb_ca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15) ^ record.end, 0xc2b2_ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 13) ^ record.packets, 0x27d4_eb2f);
  mixed = Math.imul(mixed ^ (mixed >>> 16) ^ record.bytes, 0x1656_67b1);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

/** By start; of two that start in one second the reject comes first, so that only an earlier ACCEPT counts as before. */
function inTime(a: Sighting, b: Sighting): number {
  return a.start - b.start || Number(b.action === 'REJECT') - Number(a.action === 'REJECT') || a.end - b.end;
}
