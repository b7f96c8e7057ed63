import { spawnSync } from 'node:child_process';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** A file system of a few megabytes in memory, for which one must be root. */
export interface SmallDisk {
  /** Takes what is left of it. */
  readonly fill: () => Promise<void>;
  readonly empty: () => Promise<void>;
  readonly unmount: () => void;
}

export function canMount(): boolean {
  return process.getuid?.() === 0 && spawnSync('mount', ['--version']).status === 0;
}

export function mountSmallDisk(directory: string, megabytes: number): SmallDisk {
  run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'vpc-why-faults', directory]);
  const ballast = join(directory, 'ballast');
  return {
    fill: async () => {
      const file = await open(ballast, 'a');
      while (await file.write(Buffer.alloc(4_096, 1)).then(isWritten, () => false));
      await file.close();
    },
    empty: () => rm(ballast, { force: true }),
    unmount: () => run('umount', [directory]),
  };
}

function isWritten({ bytesWritten }: { readonly bytesWritten: number }): boolean {
  return bytesWritten > 0;
}

function run(command: string, words: readonly string[]): void {
  const { status, stderr } = spawnSync(command, words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command}: ${stderr}`);
}
