import type { Audience } from '../src/access/asker.ts';
import { isOpenChannel, readersOf } from '../src/access/may-ask.ts';
import type { AccessPolicy } from '../src/access/policy.ts';
import type { AskerReader } from '../src/slack/read-asker.ts';

interface Gate {
  readonly policy: AccessPolicy;
  readonly reader: Pick<AskerReader, 'readReach'>;
}

/** Who reads what is posted in a channel: asked where it matters, when it is posted. */
export function createReadersOf({ policy, reader }: Gate): (channelId: string) => Promise<Audience> {
  return async (channelId) => {
    if (isOpenChannel(policy, channelId)) return 'inside';
    return readersOf(policy, { channelId, channel: await reader.readReach(channelId) });
  };
}
