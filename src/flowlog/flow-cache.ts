import type { Flow } from './flows.ts';
import type { LogFormat } from './format.ts';
import type { LineReader } from './line-reader.ts';
import { TextTable } from './text-table.ts';

/** A flow, or what is met instead: fields that cannot be read, or one flow more than can be kept. */
export type KnownFlow = Flow | 'malformed' | undefined;

/** Texts may spell one flow in many ways, and at any length: they are forgotten before they take over. */
const MOST = { texts: 500_000, bytes: 16 * 1024 ** 2 };

/** A log has one format, or a few over the years. */
const MOST_FORMATS = 8;

/** Flows by the text that tells them, in one format. */
export class FlowCache {
  #texts = new TextTable();
  #flows: KnownFlow[] = [];
  readonly #most: typeof MOST;

  constructor(most: Partial<typeof MOST> = {}) {
    this.#most = { ...MOST, ...most };
  }

  /** The flow of the line in hand; `meet` reads it when its text is new. */
  flowOf(line: LineReader, meet: () => KnownFlow): KnownFlow {
    const { size, bytes } = this.#texts;
    if (size === this.#most.texts || bytes > this.#most.bytes) this.#forget();
    const number = this.#texts.numberOf(line.fields, line.flowFields);
    if (number === this.#flows.length) this.#flows.push(meet());
    return this.#flows[number];
  }

  #forget(): void {
    this.#texts = new TextTable();
    this.#flows = [];
  }
}

/** One cache for each format, shared by the files in it. */
export class FlowCaches {
  readonly #byFormat = new Map<string, FlowCache>();

  for(format: LogFormat): FlowCache {
    const key = format.fields.join(' ');
    const known = this.#byFormat.get(key);
    if (known !== undefined) return known;
    if (this.#byFormat.size === MOST_FORMATS) this.#byFormat.clear();
    const cache = new FlowCache();
    this.#byFormat.set(key, cache);
    return cache;
  }
}
