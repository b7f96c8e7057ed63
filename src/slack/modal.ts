import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { readAskForm, type ReadForm } from '../command/ask-form.ts';
import { acknowledgementOf } from './acknowledgement.ts';
import { ASK_VIEW, askView, readAskView, type AskViewParts } from './ask-view.ts';
import type { Asking, EntryDesk } from './entry-desk.ts';
import { explainTrouble, takeText } from './take-text.ts';
import { tellAsker, tellDirectly } from './tell-asker.ts';
import { toSlackFailure } from './to-failure.ts';

export interface Opening {
  readonly client: WebClient;
  /** Dies after three seconds: nothing may be waited for before. */
  readonly triggerId: string;
  readonly userId: string;
}

/** Opens the form at once. https://docs.slack.dev/interactivity/handling-user-interaction */
export async function openAskView(parts: AskViewParts, opening: Opening, desk: EntryDesk): Promise<void> {
  const { client, triggerId, userId } = opening;
  try {
    await client.views.open({ trigger_id: triggerId, view: askView(parts) });
  } catch (error) {
    await tellDirectly(client, { userId, document: explainTrouble(desk, toSlackFailure(error)) }, desk);
  }
}

/** Takes in what was filled into the form; what cannot be used is said beside the field. */
export function registerModal(app: App, desk: EntryDesk): void {
  app.view({ callback_id: ASK_VIEW, type: 'view_submission' }, async ({ ack, body, view, client }) => {
    const askedAt = desk.now();
    const { form, place } = readAskView(view);
    const read = place === undefined ? NOWHERE : readAskForm(form, askedAt);
    if (read.kind === 'errors' || place === undefined) {
      await ack({ response_action: 'errors', errors: errorsOf(read) });
      return;
    }
    await ack();
    const asking: Asking = { askedAt, ...whoIn(body), ...place, via: 'modal' };
    const document = acknowledgementOf(await takeText(desk, read.text, asking), asking);
    await tellAsker(client, { ...asking, document }, desk);
  });
}

const NOWHERE: ReadForm = {
  kind: 'errors',
  errors: { what: 'I lost where this form was opened: please open it again.' },
};

function errorsOf(read: ReadForm): Record<string, string> {
  return read.kind === 'errors' ? { ...read.errors } : {};
}

interface InteractionBody {
  readonly user: { readonly id: string; readonly team_id?: string };
  readonly team: { readonly id: string } | null;
}

/** Who pressed, by their own team where Slack names one. An organisation-wide install names no workspace. */
export function whoIn({ user, team }: InteractionBody): Pick<Asking, 'teamId' | 'userId' | 'userTeamId'> {
  return {
    teamId: team?.id ?? user.team_id ?? '',
    userId: user.id,
    ...(user.team_id !== undefined && { userTeamId: user.team_id }),
  };
}
