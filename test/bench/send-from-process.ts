import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startChild } from '../support/child.ts';
import type { Sending, Sent } from './send-commands.ts';

/** Asks from a process of its own, which does nothing else. Through a file: arguments have a limit. */
export async function sendFromProcess(sending: Sending): Promise<Sent> {
  const directory = await mkdtemp(join(tmpdir(), 'vpc-why-sending-'));
  const file = join(directory, 'sending.json');
  await writeFile(file, JSON.stringify(sending));
  const { said } = startChild(new URL('send-commands.ts', import.meta.url), [file]);
  while (said.length === 0) await sleep(20);
  await rm(directory, { recursive: true });
  return JSON.parse(said[0]!) as Sent;
}
