/**
 * Lets `limit` pieces of work of one key run at once; the others wait in line.
 * EC2 counts calls per account, region and operation (API-31) and shares the allowance with everybody in the account
 * (API-34), so the key is account and operation: different operations need not wait for each other.
 */
export class Slots {
  private readonly waiting = new Map<string, (() => void)[]>();
  private readonly running = new Map<string, number>();
  private readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  async run<Value>(key: string, work: () => Promise<Value>): Promise<Value> {
    await this.enter(key);
    try {
      return await work();
    } finally {
      this.leave(key);
    }
  }

  private async enter(key: string): Promise<void> {
    const running = this.running.get(key) ?? 0;
    if (running < this.limit) {
      this.running.set(key, running + 1);
      return;
    }
    const line = this.waiting.get(key) ?? [];
    this.waiting.set(key, line);
    await new Promise<void>((resolve) => {
      line.push(resolve);
    });
  }

  /** A slot is handed on to the next in line, or given back. */
  private leave(key: string): void {
    const next = this.waiting.get(key)?.shift();
    if (next !== undefined) {
      next();
      return;
    }
    const running = (this.running.get(key) ?? 1) - 1;
    if (running > 0) this.running.set(key, running);
    else {
      this.running.delete(key);
      this.waiting.delete(key);
    }
  }
}
