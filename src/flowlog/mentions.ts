import { cleanSample, SAMPLES_EACH, type RawLine } from './samples.ts';

/** Lines that are counted, and the first few of them shown. */
export class Mentions {
  #count = 0;
  readonly #samples: string[] = [];

  /** The text is asked for only when the line is kept. */
  add(line: Pick<RawLine, 'text'>): void {
    this.#count += 1;
    if (this.#samples.length < SAMPLES_EACH) this.#samples.push(cleanSample(line.text()));
  }

  told(): { readonly count: number; readonly samples: readonly string[] } {
    return { count: this.#count, samples: [...this.#samples] };
  }
}
