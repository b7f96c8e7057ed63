/**
 * Counts what a question costs: its calls, each page being one, and how many of them had to follow one another. What the
 * SDK does by itself is not counted: attempts it repeats, and the `AssumeRole` that opens an account to an asker for an
 * hour. Nor is waiting for a turn among many (`Slots`) a wait for an answer.
 */
export class CallMeter {
  private counted = 0;
  private longest: number;
  private readonly parent: CallMeter | undefined;

  constructor(parent?: CallMeter, begunAfter = 0) {
    this.parent = parent;
    this.longest = begunAfter;
  }

  /** `round`: how many answers had to be waited for before this call could be made, plus one. */
  count(round: number): void {
    this.counted += 1;
    this.longest = Math.max(this.longest, round);
    this.parent?.count(round);
  }

  get calls(): number {
    return this.counted;
  }

  /** The longest chain of calls in which each waited for the one before. */
  get rounds(): number {
    return this.longest;
  }

  /** For calls that go on beside others: counted here too, while their own chain can be told. */
  branch(begunAfter: number): CallMeter {
    return new CallMeter(this, begunAfter);
  }
}
