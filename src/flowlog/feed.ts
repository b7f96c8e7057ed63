import type { EpochSeconds } from '../lang/time.ts';
import type { FlowCache, FlowCaches, KnownFlow } from './flow-cache.ts';
import { DEFAULT_FORMAT, parseHeader, positionOf, type LogFormat } from './format.ts';
import type { Ledger } from './ledger.ts';
import { LineReader } from './line-reader.ts';
import { parseRecord, type Assumed } from './parse-record.ts';
import type { RawLine } from './samples.ts';
import { createLineScanner, LONGEST_LINE, type LineScanner } from './scan-lines.ts';

/** Takes one stream of lines, as bytes or line by line. */
export interface Feed {
  /** The next piece of a text file, unpacked. It may be reused after the call. */
  readonly bytes: (chunk: Uint8Array) => void;
  /** One event of CloudWatch Logs; `at` is its timestamp, needed only when the format has neither `start` nor `end`. */
  readonly line: (text: string, at?: EpochSeconds) => void;
  /** A part that could not be unpacked, said in a few words: it counts as one malformed line. */
  readonly unreadable: (what: string) => void;
  /** The stream is over: what it gave. */
  readonly end: () => FeedResult;
}

/** What one stream gave. */
export interface FeedResult {
  /** Records of the interface in the window, those that another log had told already included. */
  readonly records: number;
  readonly malformed: number;
}

export class LineFeed implements Feed {
  readonly #ledger: Ledger;
  readonly #caches: FlowCaches;
  readonly #scanner: LineScanner;
  #assumed: Assumed;
  #format: LogFormat;
  #reader: LineReader;
  #cache: FlowCache;
  #isFirstLine = true;
  #records = 0;
  #malformed = 0;

  constructor(ledger: Ledger, caches: FlowCaches, source: { format: LogFormat | 'header-first'; assumed: Assumed }) {
    this.#ledger = ledger;
    this.#caches = caches;
    this.#assumed = source.assumed;
    this.#format = source.format === 'header-first' ? DEFAULT_FORMAT : source.format;
    this.#reader = new LineReader(this.#format, ledger.interfaceId);
    this.#cache = caches.for(this.#format);
    const needle = Buffer.from(ledger.interfaceId);
    this.#scanner = createLineScanner({
      needle: () => (this.#namesInterface ? needle : undefined),
      line: (bytes, start, end) => this.#visit(bytes, start, end),
      overlong: (head) => this.#addMalformed({ text: () => head.toString() }),
    });
  }

  bytes(chunk: Uint8Array): void {
    if (this.#ledger.takeBytes(chunk.length)) this.#scanner.scan(chunk);
  }

  line(text: string, at?: EpochSeconds): void {
    if (!this.#ledger.takeBytes(text.length)) return;
    if (at !== undefined) this.#assumed = { ...this.#assumed, at: Math.floor(at) };
    if (text.length > LONGEST_LINE) {
      this.#addMalformed({ text: () => text });
    } else {
      const bytes = Buffer.from(text.endsWith('\n') ? text.slice(0, -1) : text);
      this.#visit(bytes, 0, bytes.length);
    }
  }

  unreadable(what: string): void {
    this.#addMalformed({ text: () => what });
  }

  end(): FeedResult {
    if (!this.#ledger.isStopped) this.#scanner.end();
    return { records: this.#records, malformed: this.#malformed };
  }

  get #namesInterface(): boolean {
    return positionOf(this.#format, 'interface-id') >= 0;
  }

  #visit(bytes: Buffer, start: number, end: number): void {
    if (this.#ledger.isStopped) return;
    if (this.#isFirstLine && this.#takeHeader(bytes.toString('utf8', start, end))) return;
    const opened = this.#reader.open(bytes, start, end);
    if (opened === 'blank' || opened === 'other-interface') return;
    if (opened === 'ours' && this.#reader.read(this.#assumed) === 'record') this.#addRecord(this.#reader);
    else this.#addUnusual(this.#reader);
  }

  /** A header names the fields better than the flow log does: it survives the flow log's deletion (FLOW-97). */
  #takeHeader(firstLine: string): boolean {
    this.#isFirstLine = false;
    const header = parseHeader(firstLine);
    if (header !== undefined) {
      this.#format = header;
      this.#reader = new LineReader(header, this.#ledger.interfaceId);
      this.#cache = this.#caches.for(header);
    }
    this.#ledger.addFormat(this.#format);
    return header !== undefined;
  }

  #addRecord(record: LineReader): void {
    if (!this.#ledger.isInWindow(record)) return;
    const flow = this.#cache.flowOf(record, this.#meetFlow);
    if (flow === 'malformed') {
      this.#addMalformed(record);
    } else if (this.#namesInterface || flow?.direction !== 'unknown') {
      this.#records += 1;
      this.#ledger.addRecord(flow, record);
    }
  }

  /** Reads the first record of a flow, or of one way to write it. */
  readonly #meetFlow = (): KnownFlow => {
    const parsed = parseRecord(this.#reader.text(), this.#format, this.#assumed);
    return parsed.kind === 'record' ? this.#ledger.flowOf(parsed.record) : 'malformed';
  };

  #addUnusual(line: LineReader): void {
    const parsed = parseRecord(line.text(), this.#format, this.#assumed);
    if (parsed.kind === 'malformed' || parsed.kind === 'record') this.#addMalformed(line);
    else if (this.#ledger.isInWindow(parsed.interval)) this.#ledger.addSilence(parsed.kind, parsed.interval);
  }

  #addMalformed(line: Pick<RawLine, 'text'>): void {
    this.#malformed += 1;
    this.#ledger.malformed.add(line);
  }
}
