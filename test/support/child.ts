import { fork } from 'node:child_process';
import { once } from 'node:events';
import * as z from 'zod';

export interface Child {
  readonly pid: number;
  /** What it has said so far; grows. */
  readonly said: readonly string[];
  /** A word to the child; resolves to what it says next. */
  readonly ask: (word: string) => Promise<string>;
  /** What it says first. Throws where it ends without a word. */
  readonly firstWord: () => Promise<string>;
  /** Resolves when it is gone. */
  readonly kill: (signal: NodeJS.Signals) => Promise<void>;
}

/** Runs a TypeScript file as a process of its own, which talks through `process.send`. */
export function startChild(file: URL, args: readonly string[]): Child {
  const child = fork(file, args, { execArgv: ['--import', 'tsx'] });
  const said: string[] = [];
  child.on('message', (message) => said.push(z.string().parse(message)));
  const spoken = Promise.race([once(child, 'message'), once(child, 'exit')]);
  return {
    pid: child.pid ?? 0,
    said,
    firstWord: async () => {
      await spoken;
      if (said[0] === undefined) throw new Error(`${file.pathname} ended without a word`);
      return said[0];
    },
    ask: async (word) => {
      const answer = once(child, 'message');
      child.send(word);
      const [message] = await answer;
      return z.string().parse(message);
    },
    kill: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exit = once(child, 'exit');
      child.kill(signal);
      await exit;
    },
  };
}
