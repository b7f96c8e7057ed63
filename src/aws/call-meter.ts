/** Counts what a question costs. */
export class CallMeter {
  private counted = 0;
  private longest = 0;
  private readonly parent: CallMeter | undefined;

  constructor(parent?: CallMeter) {
    this.parent = parent;
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

  /** For calls that go on beside others: counted here too, while its own chain can be told. */
  branch(): CallMeter {
    return new CallMeter(this);
  }
}
