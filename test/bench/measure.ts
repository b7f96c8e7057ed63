import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Seconds for one operation. */
export interface Timing {
  readonly wall: number;
  readonly cpu: number;
}

/** How long it takes, and what it answers. What came before it is cleared away first, not in its time. */
export async function measure<Told>(run: () => Told | Promise<Told>): Promise<{ timing: Timing; told: Told }> {
  collectGarbage();
  const [started, before] = [performance.now(), process.cpuUsage()];
  const told = await run();
  const { user, system } = process.cpuUsage(before);
  return { timing: { wall: (performance.now() - started) / 1000, cpu: (user + system) / 1e6 }, told };
}

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');
