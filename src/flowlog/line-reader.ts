import type { EpochSeconds } from '../lang/time.ts';
import { positionOf, type FieldName, type LogFormat } from './format.ts';
import { LineFields, UNTOLD, type FieldRun } from './line-fields.ts';
import { LARGEST, NAME, type Assumed } from './parse-record.ts';

/** Fields that are the same in every record of one five-tuple and direction. */
const FLOW: readonly FieldName[] = [
  'srcaddr',
  'dstaddr',
  'srcport',
  'dstport',
  'protocol',
  'pkt-srcaddr',
  'pkt-dstaddr',
  'pkt-src-aws-service',
  'pkt-dst-aws-service',
  'flow-direction',
];

const REJECT = Buffer.from('REJECT');
const ACCEPT = Buffer.from('ACCEPT');
const OK = Buffer.from('OK');

/**
 * Reads lines of one format for one interface, record after record into its own fields: only numbers are read, and
 * which flow it is stays text to be looked up. `parseRecord` reads the rest when a flow is met for the first time.
 */
export class LineReader {
  start: EpochSeconds = 0;
  end: EpochSeconds = 0;
  isReject = false;
  packets = 0;
  bytes = 0;
  /** `UNTOLD` when the format or the record has none. */
  flags = UNTOLD;
  /** `UNTOLD` when the format or the record has none. */
  trafficPath = UNTOLD;
  rejectReason: string | undefined;

  readonly fields: LineFields;
  /** Where the fields stand that tell which flow this is: in one format, equal texts mean equal flows. */
  readonly flowFields: readonly FieldRun[];
  #line: { bytes: Buffer; start: number; end: number } = { bytes: Buffer.alloc(0), start: 0, end: 0 };
  readonly #count: number;
  readonly #at: ReturnType<typeof positionsIn>;
  readonly #interfaceId: Buffer;

  constructor(format: LogFormat, interfaceId: string) {
    this.fields = new LineFields(format.fields.length);
    this.#count = format.fields.length;
    this.#at = positionsIn(format);
    this.flowFields = runsOf(FLOW.map((name) => positionOf(format, name)));
    this.#interfaceId = Buffer.from(interfaceId);
  }

  /** Splits the line, of which `read` then speaks. An unusual line is for `parseRecord`. */
  open(bytes: Buffer, start: number, end: number): 'blank' | 'other-interface' | 'ours' | 'unusual' {
    this.#line.bytes = bytes;
    this.#line.start = start;
    this.#line.end = end;
    const count = this.fields.split(bytes, start, end);
    if (count === 0) return 'blank';
    if (count !== this.#count) return 'unusual';
    const position = this.#at.interfaceId;
    return position < 0 || this.fields.equals(position, this.#interfaceId) ? 'ours' : 'other-interface';
  }

  /** The line just opened, as it is. */
  text(): string {
    return this.#line.bytes.toString('utf8', this.#line.start, this.#line.end);
  }

  /** Reads the numbers of the line just opened. */
  read(assumed: Assumed): 'record' | 'unusual' {
    const isRecord =
      this.#isOk() &&
      this.#readInterval(assumed) &&
      this.#readAction(assumed) &&
      this.#readCounts() &&
      this.#readHints();
    return isRecord ? 'record' : 'unusual';
  }

  #isOk(): boolean {
    const position = this.#at.logStatus;
    return this.#isUntold(position) ? !this.#isUntold(this.#at.protocol) : this.fields.equals(position, OK);
  }

  #readInterval(assumed: Assumed): boolean {
    const first = this.#number(this.#at.start);
    const last = this.#number(this.#at.end);
    const start = first === UNTOLD ? last : first;
    this.start = start === UNTOLD ? (assumed.at ?? NaN) : start;
    this.end = last === UNTOLD ? this.start : last;
    return this.start <= this.end && this.end <= LARGEST.time;
  }

  #readAction(assumed: Assumed): boolean {
    const position = this.#at.action;
    if (this.#isUntold(position)) {
      this.isReject = assumed.action === 'REJECT';
      return assumed.action !== undefined;
    }
    this.isReject = this.fields.equals(position, REJECT);
    return this.isReject || this.fields.equals(position, ACCEPT);
  }

  /** A count that is not told adds nothing: the rejects of Block Public Access have no bytes (FLOW-58). */
  #readCounts(): boolean {
    this.packets = Math.max(0, this.#number(this.#at.packets));
    this.bytes = Math.max(0, this.#number(this.#at.bytes));
    return this.packets <= LARGEST.count && this.bytes <= LARGEST.count;
  }

  #readHints(): boolean {
    this.flags = this.#number(this.#at.flags);
    this.trafficPath = this.#number(this.#at.trafficPath);
    const reason = this.#at.rejectReason;
    this.rejectReason = this.#isUntold(reason) ? undefined : this.fields.text(reason);
    return (
      this.flags <= LARGEST.flags &&
      this.trafficPath <= LARGEST.trafficPath &&
      (this.rejectReason === undefined || NAME.test(this.rejectReason))
    );
  }

  #number(position: number): number {
    return position < 0 ? UNTOLD : this.fields.number(position);
  }

  #isUntold(position: number): boolean {
    return position < 0 || this.fields.isUntold(position);
  }
}

const isFound = (position: number): boolean => position >= 0;

function positionsIn(format: LogFormat) {
  return {
    interfaceId: positionOf(format, 'interface-id'),
    start: positionOf(format, 'start'),
    end: positionOf(format, 'end'),
    logStatus: positionOf(format, 'log-status'),
    action: positionOf(format, 'action'),
    protocol: positionOf(format, 'protocol'),
    packets: positionOf(format, 'packets'),
    bytes: positionOf(format, 'bytes'),
    flags: positionOf(format, 'tcp-flags'),
    trafficPath: positionOf(format, 'traffic-path'),
    rejectReason: positionOf(format, 'reject-reason'),
  };
}

function runsOf(positions: readonly number[]): FieldRun[] {
  const runs: { first: number; last: number }[] = [];
  for (const position of positions.filter(isFound).sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run?.last === position - 1) run.last = position;
    else runs.push({ first: position, last: position });
  }
  return runs;
}
