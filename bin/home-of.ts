import type { Configuration } from '../src/config/configuration.ts';
import type { HomeHealth, OwnWatch, RecentQuestion } from '../src/explain/explain-home.ts';
import { ExpectedError } from '../src/failure/expected-error.ts';
import type { HomeOf } from '../src/slack/home.ts';
import { createAnswerLinks } from '../src/store/answer-links.ts';
import { createRecentQuestions } from '../src/store/recent-questions.ts';
import { createWatches } from '../src/store/watches.ts';
import type { Homes } from './open-homes.ts';

/** What somebody's page in Slack shows, from store, queue and configuration. */
export function homeOf(homes: Homes, { aws }: Configuration): HomeOf {
  const { accounts, regions } = aws;
  const scope = {
    accounts: accounts.length,
    regions: [...new Set([...regions, ...accounts.flatMap((account) => account.regions)])],
  };
  return async (user) => {
    const [recent, watches, health] = await Promise.all([
      recentOf(homes, user),
      watchesOf(homes, user),
      healthOf(homes, scope),
    ]);
    return { recent, watches, health };
  };
}

async function recentOf(
  { store }: Homes,
  user: { readonly teamId: string; readonly userId: string },
): Promise<readonly RecentQuestion[]> {
  const links = createAnswerLinks(store);
  const noted = await createRecentQuestions(store).list(user);
  const found = await Promise.all(noted.map(({ questionId }) => links.find(questionId)));
  return noted.map(({ text, askedAt, channelId }, index) => {
    const permalink = found[index];
    return permalink === undefined ? { text, askedAt, channelId } : { text, askedAt, channelId, permalink };
  });
}

async function watchesOf(
  { store }: Homes,
  user: { readonly teamId: string; readonly userId: string },
): Promise<readonly OwnWatch[]> {
  const links = createAnswerLinks(store);
  const watches = (await createWatches(store).list()).filter(
    ({ teamId, userId }) => teamId === user.teamId && userId === user.userId,
  );
  const found = await Promise.all(watches.map(({ questionId }) => links.find(questionId)));
  return watches.map(({ summary, until, channelId }, index) => {
    const permalink = found[index];
    return permalink === undefined ? { summary, until, channelId } : { summary, until, channelId, permalink };
  });
}

async function healthOf({ queue }: Homes, scope: HomeHealth['scope']): Promise<HomeHealth> {
  try {
    await queue.ping();
    const { waiting, active } = await queue.counts();
    return { queue: { waiting, active }, scope };
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return { scope };
  }
}
