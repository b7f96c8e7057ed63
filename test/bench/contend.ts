import { startChild } from '../support/child.ts';
import type { Timing } from './measure.ts';
import type { TopRejects } from './top-rejects.ts';

export interface Contest {
  /** One reading of these files by `contender.ts`, measured there. */
  readonly run: (name: string) => Promise<Timing>;
  readonly end: () => Promise<void>;
}

/** The contenders stay from round to round, each in a process of its own. `answered`: for what they found. */
export function openContest(paths: readonly string[], answered: (answer: TopRejects) => void): Contest {
  const children = new Map<string, Promise<ReturnType<typeof startChild>>>();
  const start = async (name: string) => {
    const child = startChild(new URL('contender.ts', import.meta.url), [name, ...paths]);
    await child.firstWord();
    return child;
  };
  return {
    async run(name) {
      const child = children.get(name) ?? start(name);
      children.set(name, child);
      const { timing, told } = JSON.parse(await (await child).ask('read'));
      if (told !== undefined) answered(told);
      return timing;
    },
    end: async () => {
      for (const child of children.values()) await (await child).kill('SIGKILL');
    },
  };
}
