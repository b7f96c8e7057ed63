import type { App } from '@slack/bolt';
import type { Document } from '../explain/document.ts';
import { explainHome, type HomeContents } from '../explain/explain-home.ts';
import { explainRefusal } from '../explain/explain-refusal.ts';
import { renderHomeBlocks } from '../render/block-kit.ts';
import type { AdmittedAsking, Asking, EntryDesk } from './entry-desk.ts';
import { explainTrouble } from './take-text.ts';

/** What the page of one person shows besides audits. Throws `ExpectedError`. */
export type HomeOf = (user: AdmittedAsking) => Promise<Omit<HomeContents, 'audits'>>;

export interface HomeDesk extends EntryDesk {
  readonly homeOf: HomeOf;
}

/** Publishes a person's page each time they open it: https://docs.slack.dev/surfaces/app-home */
export function registerHome(app: App, desk: HomeDesk): void {
  app.event('app_home_opened', async ({ event, body, client }) => {
    if (event.tab === 'messages') return;
    const { user: userId, channel: channelId } = event;
    const page = await pageOf({ teamId: body.team_id, userId, channelId, askedAt: desk.now(), via: 'home' }, desk);
    await client.views.publish({ user_id: userId, view: { type: 'home', blocks: renderHomeBlocks(page) } });
  });
}

/** Schedules and mutes are for those who may manage them; the rest is one's own. */
async function pageOf(user: Asking, desk: HomeDesk): Promise<Document> {
  try {
    const asked = { accounts: [], kind: 'home', text: '', via: user.via } as const;
    const access = await desk.admit(user, { ...asked, deed: 'question' });
    if (access.kind === 'refused') return explainRefusal(access);
    const managing = await desk.admit(user, { ...asked, deed: 'manage-audits', isUnasked: true });
    const [own, audits] = await Promise.all([
      desk.homeOf({ ...user, access }),
      managing.kind === 'refused' ? undefined : desk.manageAudits({ kind: 'list' }, { ...user, access: managing }),
    ]);
    return explainHome({ ...own, ...(audits !== undefined && { audits }) }, desk.command);
  } catch (error) {
    return explainTrouble(desk, error);
  }
}
