import { CountsOverTime, type Stretches } from './counts-over-time.ts';
import { DistinctNumbers } from './distinct-numbers.ts';
import { earliest, type Sample } from './samples.ts';
import type { Tally } from './observations.ts';
import type { Sighting } from './sighting.ts';

/** Adds records of one direction and one action up. */
export class TallyBuilder {
  #records = 0;
  #packets = 0;
  #bytes = 0;
  #firstSeen = Infinity;
  #lastSeen = -Infinity;
  readonly #flags = new DistinctNumbers();
  readonly #reasons: string[] = [];
  readonly #overTime = new CountsOverTime();
  readonly #stretches: Stretches;
  #samples: Sample[] = [];

  constructor(stretches: Stretches) {
    this.#stretches = stretches;
  }

  add(sighting: Sighting): void {
    this.#records += 1;
    this.#packets += sighting.packets;
    this.#bytes += sighting.bytes;
    this.#firstSeen = Math.min(this.#firstSeen, sighting.start);
    this.#lastSeen = Math.max(this.#lastSeen, sighting.end);
    this.#overTime.add(this.#stretches.startOf(this.#stretches.indexOf(sighting.start)));
    if (sighting.flags !== undefined) this.#flags.add(sighting.flags);
    const { rejectReason } = sighting;
    if (rejectReason !== undefined && !this.#reasons.includes(rejectReason)) this.#reasons.push(rejectReason);
  }

  addSamples(samples: readonly Sample[]): void {
    this.#samples = earliest([...this.#samples, ...samples]);
  }

  build(): Tally {
    return {
      records: this.#records,
      packets: this.#packets,
      bytes: this.#bytes,
      firstSeen: this.#firstSeen,
      lastSeen: this.#lastSeen,
      overTime: this.#overTime.build(),
      flags: this.#flags.ascending(),
      rejectReasons: this.#reasons.toSorted(),
      samples: this.#samples.map((sample) => sample.text),
    };
  }
}
