import { createHash } from 'node:crypto';
import {
  WebAPIHTTPError,
  WebAPIRequestError,
  type FilesGetUploadURLExternalResponse,
  type WebClient,
} from '@slack/web-api';
import { ExpectedError } from '../failure/expected-error.ts';
import type { PictureLedger } from '../workflow/picture-ledger.ts';
import { callSlack } from './call-slack.ts';
import { CALL_TIMEOUT_MS } from './slack-limits.ts';
import { slackTrouble } from './to-failure.ts';

export interface PictureDesk {
  readonly client: WebClient;
  readonly ledger: PictureLedger;
}

/** The thread that the picture belongs to. */
export interface PictureAddress {
  readonly questionId: string;
  readonly channelId: string;
  readonly threadTs: string;
}

export interface UploadedPicture {
  readonly png: Uint8Array;
  /** The same in words: 1,000 characters at most. */
  readonly altText: string;
  readonly title: string;
}

/** What a press of the button came to: a second one finds the picture where the first one put it. */
export interface PostedPicture {
  readonly fileId: string;
  readonly isNew: boolean;
}

/**
 * Puts a picture into the thread, once for each question and picture. The bytes are sent before anybody sees them, so
 * that only the sharing at the end must not happen twice: its intent is noted first. Throws `ExpectedError`.
 * https://docs.slack.dev/messaging/working-with-files
 */
export function postPicture(
  desk: PictureDesk,
  address: PictureAddress,
  picture: UploadedPicture,
): Promise<PostedPicture> {
  const pictureId = pictureIdOf(address, picture);
  return desk.ledger.exclusively(pictureId, async () => {
    const known = await desk.ledger.read(pictureId);
    if (known?.state === 'shared') return { fileId: known.fileId, isNew: false };
    if (known !== undefined && (await isInThread(desk, address, known.fileId))) {
      return remember(desk, pictureId, { fileId: known.fileId, isNew: false });
    }
    const fileId = await upload(desk, picture);
    await desk.ledger.write(pictureId, { fileId, state: 'sharing' });
    await share(desk, address, { fileId, title: picture.title });
    return remember(desk, pictureId, { fileId, isNew: true });
  });
}

/** The picture of one thread: asked again, the answer may look otherwise. What it shows is what its words say. */
function pictureIdOf({ questionId, channelId, threadTs }: PictureAddress, { altText }: UploadedPicture): string {
  const name = [questionId, channelId, threadTs, altText].join('\n');
  return createHash('sha256').update(name).digest('hex').slice(0, 32);
}

async function remember({ ledger }: PictureDesk, pictureId: string, posted: PostedPicture): Promise<PostedPicture> {
  await ledger.write(pictureId, { fileId: posted.fileId, state: 'shared' });
  return posted;
}

/** Sends the bytes; until they are shared nobody but the bot sees the file. Harmless twice. */
async function upload({ client }: PictureDesk, { png, altText }: UploadedPicture): Promise<string> {
  const reserved: FilesGetUploadURLExternalResponse = await namingTheScope(() =>
    callSlack(() =>
      client.apiCall('files.getUploadURLExternal', {
        filename: FILE_NAME,
        length: png.byteLength,
        // The documentation says `alt_txt`, Slack's own client sends `alt_text`.
        alt_txt: altText,
        alt_text: altText,
      }),
    ),
  );
  const { upload_url: url, file_id: fileId } = reserved;
  if (url === undefined || fileId === undefined || !mayTakeBytes(url, client)) {
    throw new ExpectedError({ kind: 'unreachable', service: 'Slack', detail: 'no place to upload to in its answer' });
  }
  await callSlack(() => send(url, png));
  return fileId;
}

const FILE_NAME = 'answer.png';

/** Bytes go out encrypted, or to a Slack that is itself spoken to without. */
function mayTakeBytes(url: string, { slackApiUrl }: WebClient): boolean {
  return URL.canParse(url) && [new URL(slackApiUrl).protocol, 'https:'].includes(new URL(url).protocol);
}

async function send(url: string, png: Uint8Array): Promise<void> {
  const response = await answerTo(url, png);
  if (!response.ok) throw new WebAPIHTTPError(response.status, response.statusText, {});
}

async function answerTo(url: string, png: Uint8Array): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'image/png' },
      body: Uint8Array.from(png),
      redirect: 'error',
      signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
    });
  } catch (error) {
    throw new WebAPIRequestError(error instanceof Error ? error : new Error(String(error)));
  }
}

interface Shared {
  readonly fileId: string;
  readonly title: string;
}

async function share(desk: PictureDesk, address: PictureAddress, { fileId, title }: Shared): Promise<void> {
  await namingTheScope(() =>
    callSlack<unknown>(
      () =>
        desk.client.files.completeUploadExternal({
          files: [{ id: fileId, title }],
          channel_id: address.channelId,
          thread_ts: address.threadTs,
        }),
      { found: async () => ((await isInThread(desk, address, fileId)) ? fileId : undefined) },
    ),
  );
}

/** Looks for a file whose sharing was perhaps carried out. Without `channels:history` and its kin it finds nothing. */
async function isInThread({ client }: PictureDesk, address: PictureAddress, fileId: string): Promise<boolean> {
  try {
    const { messages = [] } = await client.conversations.replies({
      channel: address.channelId,
      ts: address.threadTs,
      limit: PAGE,
    });
    return messages.some(({ files = [] }: { files?: readonly { id?: string }[] }) =>
      files.some(({ id }) => id === fileId),
    );
  } catch {
    return false;
  }
}

const PAGE = 100;

/** Who reads `missing_scope` wants to know which. */
async function namingTheScope<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    const trouble = error instanceof ExpectedError ? slackTrouble(error.cause) : undefined;
    if (trouble?.kind !== 'refused' || trouble.code !== 'missing_scope') throw error;
    const detail = 'the bot lacks the scope files:write';
    throw new ExpectedError({ kind: 'unreachable', service: 'Slack', detail }, { cause: error });
  }
}
