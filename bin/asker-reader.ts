import type { Log } from '../src/log.ts';
import { createClient } from '../src/slack/create-client.ts';
import { createAskerReader, type AskerReader } from '../src/slack/read-asker.ts';
import type { SlackSettings } from '../src/slack/slack-settings.ts';
import { nowInSeconds } from './now.ts';

/** What Slack tells of people and channels, remembered by this process. */
export function askerReader(slack: SlackSettings, log: Log): AskerReader {
  return createAskerReader({
    client: createClient(slack),
    now: nowInSeconds,
    report: (message, err) => log.warn({ err }, message),
  });
}
