import { gunzipSync } from 'node:zlib';
import { ExpectedError } from '../failure/expected-error.ts';
import { readParquet } from '../flowlog/parquet.ts';
import { objectInWindow, parseObjectKey, s3Prefixes } from '../flowlog/s3-layout.ts';
import { beginChain, continueChain } from './chain.ts';
import { chooseWay } from './choose-way.ts';
import type { LogIntake } from './log-intake.ts';
import type { LogScene } from './log-scene.ts';
import { listObjects, readTextObject, readWholeObject, type ListedObject, type ObjectSource } from './read-bucket.ts';
import type { ReadableDestination, ReadableFlowLog } from './readable-destination.ts';
import { workThrough } from './work-through.ts';

interface LogFiles {
  readonly log: ReadableFlowLog;
  readonly destination: Extract<ReadableDestination, { kind: 's3' }>;
}

/**
 * Reads a flow log from its bucket: the files whose names say that they may hold records of the window, newest first
 * (FLOW-95, FLOW-96, FLOW-99). A file that cannot be read costs itself; the first such trouble is answered.
 */
export async function readLogFiles(
  files: LogFiles,
  scene: LogScene,
  intake: LogIntake,
): Promise<ExpectedError | undefined> {
  const { limits } = scene;
  const asking = beginChain(scene.asking);
  const listing = await listFiles(files, { ...scene, asking });
  const reading = { ...scene, asking: continueChain(asking) };
  const size = listing.items.reduce((sum, file) => sum + file.size, 0);
  const asked = await askInstead({ ...files, size }, reading, intake);
  if (asked === 'told') return undefined;
  let trouble = asked ?? (listing.complete ? undefined : tooManyFiles());
  await workThrough(newestFirst(listing.items), limits.objectsAtOnce, async (file) => {
    if (!intake.wantsMore()) return;
    await readFile({ files, file }, reading, intake).catch((error: unknown) => {
      trouble ??= costsItself(error);
    });
  });
  return trouble;
}

/** By one query where there is a table and the files are too large. A query that failed is answered: files can be read. */
async function askInstead(
  { log, destination, size }: LogFiles & { readonly size: number },
  scene: LogScene,
  intake: LogIntake,
): Promise<'told' | ExpectedError | undefined> {
  const { largeLogs } = scene;
  const way = chooseWay({ kind: 's3', bucket: destination.bucket, bytes: size }, largeLogs);
  if (largeLogs === undefined || way.kind !== 'ask-athena') return undefined;
  const { askAthena } = await import('./ask-athena.ts');
  try {
    await askAthena(scene, { log, table: way.table, settings: largeLogs, size }, intake);
    return 'told';
  } catch (error) {
    const isOver = intake.query !== undefined || scene.asking.unhurried.aborted;
    if (isOver || !(error instanceof ExpectedError)) throw error;
    return error;
  }
}

/** Names begin with the flow log's id and the time, so listing begins at the window's start (FLOW-95). */
async function listFiles({ log, destination }: LogFiles, { asking, accountId, window }: LogScene) {
  const { region } = asking.place;
  const name = `${accountId}_vpcflowlogs_${region}_${log.id}_`;
  const prefixes = s3Prefixes({ ...destination, accountId, region }, window).map((folder) => `${folder}${name}`);
  const listing = await listObjects(asking, { bucket: destination.bucket, prefixes, from: stampOf(window.start) });
  const items = listing.items.filter(({ key }) => objectInWindow(key, window, log.aggregationInterval));
  return { ...listing, items };
}

/** `20261120T1400`: the five minutes in which a second lies, as names of files have it. */
function stampOf(seconds: number): string {
  const rounded = new Date((seconds - (seconds % 300)) * 1000);
  return rounded.toISOString().replaceAll(/[-:]/g, '').slice(0, 13);
}

function newestFirst(files: readonly ListedObject[]): readonly ListedObject[] {
  return files.toSorted((a, b) => stampIn(b) - stampIn(a));
}

function stampIn({ key }: ListedObject): number {
  return parseObjectKey(key)?.stamp ?? 0;
}

interface LogFile {
  readonly files: LogFiles;
  readonly file: ListedObject;
}

function readFile({ files, file }: LogFile, scene: LogScene, intake: LogIntake): Promise<void> {
  const source = { asking: scene.asking, bucket: files.destination.bucket, key: file.key };
  return files.destination.fileFormat === 'parquet'
    ? readParquetFile(source, scene, intake)
    : readTextFile(source, intake);
}

async function readTextFile(source: ObjectSource, intake: LogIntake): Promise<void> {
  const lines = intake.openFile();
  try {
    await readTextObject(source, lines.take);
  } finally {
    lines.end();
  }
}

async function readParquetFile(source: ObjectSource, scene: LogScene, intake: LogIntake): Promise<void> {
  const { buffer } = await readWholeObject(source, scene.limits.parquetBytes);
  const { records } = readParquet(buffer, scene.observer, { interfaceId: scene.interfaceId, gunzip });
  intake.add(records);
}

function gunzip(packed: Uint8Array, length: number): Uint8Array {
  return gunzipSync(packed, { maxOutputLength: length });
}

/** A refusal or the end of time would meet the next file too; anything else is this file's own. */
function costsItself(error: unknown): ExpectedError {
  if (!(error instanceof ExpectedError)) throw error;
  if (error.failure.kind === 'unreachable' || error.failure.kind === 'no-such-resource') return error;
  throw error;
}

function tooManyFiles(): ExpectedError {
  return new ExpectedError({ kind: 'unreachable', service: 'S3', detail: 'too many files to list' });
}
