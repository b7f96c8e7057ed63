import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild } from '../support/child.ts';
import type { Sending, Sent } from './send-commands.ts';

/** Asks from a process of its own, which does nothing else. Through a file: arguments have a limit. */
export async function sendFromProcess(sending: Sending): Promise<Sent> {
  const directory = await mkdtemp(join(tmpdir(), 'vpc-why-sending-'));
  const file = join(directory, 'sending.json');
  await writeFile(file, JSON.stringify(sending));
  const { firstWord } = startChild(new URL('send-commands.ts', import.meta.url), [file]);
  const sent = await firstWord();
  await rm(directory, { recursive: true });
  return JSON.parse(sent) as Sent;
}
