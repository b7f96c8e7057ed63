import { ExpectedError } from '../failure/expected-error.ts';
import { askInsights } from './ask-insights.ts';
import { continueChain } from './chain.ts';
import { chooseWay, type KnownGroup } from './choose-way.ts';
import type { LogIntake } from './log-intake.ts';
import type { LogScene } from './log-scene.ts';
import { readLogGroup, type LogGroupSource } from './read-log-group.ts';
import { isUnsupportedClass } from './unread-reading.ts';

/**
 * Reads an interface's records from a log group, or asks Insights about them where they are too many to be read, or
 * cannot be. A query that fails is answered, and what can be read is read.
 */
export async function readEvents(
  source: LogGroupSource,
  scene: LogScene,
  intake: LogIntake,
): Promise<ExpectedError | undefined> {
  const { asking, largeLogs } = scene;
  const open = () => intake.openEvents();
  const isLarge = (bytes: number) => isQueried({ bytes }, scene);
  const unread = await readLogGroup(asking, { ...source, isLarge }, open).catch((error: unknown) =>
    refusesReading(error, scene),
  );
  if (unread === 'cut') intake.cut('byte-limit');
  if (unread === undefined || unread === 'cut' || largeLogs?.insights === undefined) return undefined;
  const settings = { ...largeLogs, insights: largeLogs.insights };
  try {
    await askInsights({ ...scene, asking: continueChain(asking) }, { source, settings, ...unread }, intake);
    return undefined;
  } catch (error) {
    if (!(error instanceof ExpectedError) || hasToldAll(unread, intake) || asking.unhurried.aborted) throw error;
    // An interface of that size has a stream of its own: it is not looked for all over the group, and not cut.
    await readLogGroup(continueChain(asking), source, open);
    return error;
  }
}

/** Nothing is left to be read: the query told of it, or the log can be read by nothing else. */
function hasToldAll({ size }: { readonly size?: number }, { query }: LogIntake): boolean {
  return size === undefined || query !== undefined;
}

function isQueried(known: Omit<KnownGroup, 'kind'>, { largeLogs }: LogScene): boolean {
  return chooseWay({ kind: 'cloud-watch-logs', ...known }, largeLogs).kind === 'ask-insights';
}

/** A log group of a class that only queries read has a size that nobody can tell. */
function refusesReading(error: unknown, scene: LogScene): { readonly size?: number } {
  const isOnlyQueried = error instanceof ExpectedError && isUnsupportedClass(error.cause);
  if (isOnlyQueried && isQueried({ isOnlyQueried }, scene)) return {};
  throw error;
}
