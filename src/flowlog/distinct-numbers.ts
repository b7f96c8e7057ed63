const MOST_IN_A_LIST = 16;

/** Numbers, each once. Most groups of flows meet one or two: a set for each of them would be most of the memory. */
export class DistinctNumbers {
  /** Laid out anew for each number: a list that grows takes room for sixteen more. */
  #few: readonly number[] = [];
  #many: Set<number> | undefined;

  get size(): number {
    return this.#many?.size ?? this.#few.length;
  }

  add(number: number): void {
    if (this.#many !== undefined) this.#many.add(number);
    else if (!this.#few.includes(number)) this.#addToList(number);
  }

  ascending(): number[] {
    return [...(this.#many ?? this.#few)].sort((a, b) => a - b);
  }

  #addToList(number: number): void {
    this.#few = this.#few.concat(number);
    if (this.#few.length <= MOST_IN_A_LIST) return;
    this.#many = new Set(this.#few);
    this.#few = [];
  }
}
