import { postSigned, type SignedRequest } from './post-signed.ts';

/** An event as Slack words it, without its wrapping. */
export type SlackEvent = Readonly<Record<string, unknown>> & { readonly type: string };

export interface EventRequest extends SignedRequest {
  readonly event: SlackEvent;
  /** Equal for repeated deliveries of one event. */
  readonly eventId: string;
  /** Of a repeated delivery: 1 to 3. */
  readonly retry?: number;
}

/** Delivers an event: https://docs.slack.dev/apis/events-api/ */
export async function sendEvent(request: EventRequest): Promise<{ readonly status: number }> {
  const { retry } = request;
  const { status } = await postSigned(request, {
    path: '/slack/events',
    type: 'application/json',
    body: JSON.stringify(eventEnvelope(request)),
    ...(retry !== undefined && {
      headers: { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': 'http_timeout' },
    }),
  });
  return { status };
}

/** The outer event, also what Socket Mode carries as its payload. */
export function eventEnvelope({ event, eventId }: Pick<EventRequest, 'event' | 'eventId'>): Record<string, unknown> {
  return {
    token: 'not-used',
    team_id: 'T000000001',
    api_app_id: 'A000000001',
    event,
    type: 'event_callback',
    event_id: eventId,
    event_time: Math.floor(Date.now() / 1000),
    authorizations: [{ team_id: 'T000000001', user_id: 'U0BOT', is_bot: true, is_enterprise_install: false }],
  };
}
