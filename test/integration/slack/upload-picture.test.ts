import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BOT_TOKEN, startSlack, type LocalSlack } from '../../../demo/slack/start-slack.ts';
import { createLog } from '../../../src/log.ts';
import { openEmbeddedInMemory, type Embedded } from '../../../src/queue/embedded.ts';
import { createClient } from '../../../src/slack/create-client.ts';
import { slackLogger } from '../../../src/slack/slack-logger.ts';
import { postPicture, type PictureAddress, type PictureDesk } from '../../../src/slack/upload-picture.ts';
import { createPgliteStore } from '../../../src/store/pglite.ts';
import { createPictureLedger } from '../../../src/store/picture-ledger.ts';
import type { PictureLedger, PictureRecord } from '../../../src/workflow/picture-ledger.ts';

const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
const picture = {
  png: PNG,
  altText: 'Blocked: tcp/5432 from 10.20.4.17 to payments-db.',
  title: 'tcp/5432 to payments-db',
};

let slack: LocalSlack;
let embedded: Embedded;
let ledger: PictureLedger;
let desk: PictureDesk;
let address: PictureAddress;
let asked = 0;

beforeAll(async () => {
  embedded = await openEmbeddedInMemory();
  ledger = createPictureLedger(await createPgliteStore(embedded.db));
  slack = await startSlack();
  const client = createClient({ botToken: BOT_TOKEN, apiUrl: slack.apiUrl, logger: slackLogger(createLog('silent')) });
  desk = { client, ledger };
});
afterAll(async () => {
  await slack.close();
  await embedded.close();
});

beforeEach(async () => {
  asked += 1;
  const { ts } = await slack.call('chat.postMessage', { channel: slack.channelId, text: 'the answer' });
  address = { questionId: asked.toString(16).padStart(32, '0'), channelId: slack.channelId, threadTs: String(ts) };
});

afterEach(() => slack.answer('files.getUploadURLExternal', undefined));

interface Message {
  readonly files?: readonly { id: string; title: string; alt_txt?: string; size: number }[];
}

/** The files in the thread, oldest first. */
async function filesInThread() {
  const { messages } = await slack.call('conversations.replies', { channel: slack.channelId, ts: address.threadTs });
  return (messages as Message[]).flatMap(({ files = [] }) => files);
}

describe('a picture is put into the thread', () => {
  it('with its title and its alternative text', async () => {
    const { fileId, isNew } = await postPicture(desk, address, picture);

    expect(isNew).toBe(true);
    expect(await filesInThread()).toMatchObject([
      { id: fileId, title: picture.title, alt_txt: picture.altText, size: PNG.length },
    ]);
  });

  it('once, however often and by however many the button is pressed', async () => {
    const presses = await Promise.all([postPicture(desk, address, picture), postPicture(desk, address, picture)]);
    const later = await postPicture(desk, address, picture);

    expect(await filesInThread()).toHaveLength(1);
    expect(presses.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(later).toEqual({ fileId: presses[0].fileId, isNew: false });
  });

  it('again when the answer looks otherwise since', async () => {
    await postPicture(desk, address, picture);
    await postPicture(desk, address, { ...picture, altText: 'Not blocked: it passes since.' });

    expect(await filesInThread()).toHaveLength(2);
  });
});

describe('once, whatever Slack does', () => {
  it.each([
    ['silence about where to upload', 'files.getUploadURLExternal', { kind: 'reset' }],
    ['an answer lost about where to upload', 'files.getUploadURLExternal', { kind: 'answer-lost' }],
    ['too many calls', 'files.completeUploadExternal', { kind: 'rate-limited', retryAfter: 1 }],
    ['trouble when it is shared', 'files.completeUploadExternal', { kind: 'status', status: 503 }],
    ['an answer lost after it was shared', 'files.completeUploadExternal', { kind: 'answer-lost' }],
  ] as const)('%s', async (_, method, fault) => {
    slack.fail(method, fault);

    await postPicture(desk, address, picture);

    expect(await filesInThread()).toHaveLength(1);
  });

  it.each<[what: string, diesAt: PictureRecord['state']]>([
    ['shared, and before that was noted', 'shared'],
    ['about to be shared', 'sharing'],
  ])('a run that dies with the picture %s', async (_, diesAt) => {
    const dying: PictureLedger = {
      ...ledger,
      write: async (id, record) => {
        if (record.state === diesAt) {
          if (diesAt === 'sharing') await ledger.write(id, record);
          throw new Error('killed');
        }
        await ledger.write(id, record);
      },
    };
    await expect(postPicture({ ...desk, ledger: dying }, address, picture)).rejects.toThrow('killed');

    await postPicture(desk, address, picture);

    expect(await filesInThread()).toHaveLength(1);
  });
});

describe('what stops it is told, and nothing stands there', () => {
  it('names the scope that is missing', async () => {
    slack.fail('files.getUploadURLExternal', { kind: 'error', error: 'missing_scope' });

    await expect(postPicture(desk, address, picture)).rejects.toMatchObject({
      failure: { kind: 'unreachable', service: 'Slack', detail: 'the bot lacks the scope files:write' },
    });
    expect(await filesInThread()).toEqual([]);
  });

  it('tells other refusals by their code', async () => {
    slack.fail('files.completeUploadExternal', { kind: 'error', error: 'channel_not_found' });

    await expect(postPicture(desk, address, picture)).rejects.toMatchObject({
      failure: { kind: 'unreachable', detail: 'channel_not_found' },
    });
  });

  it.each([['ftp://files.example/upload'], ['no address'], [undefined]])('sends nothing to %s', async (url) => {
    slack.answer('files.getUploadURLExternal', { ok: true, file_id: 'F1', upload_url: url });

    await expect(postPicture(desk, address, picture)).rejects.toMatchObject({
      failure: { kind: 'unreachable', detail: 'no place to upload to in its answer' },
    });
  });
});
