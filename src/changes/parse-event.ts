import * as z from 'zod';
import { parseRecordedAccountId } from '../vpc/ids.ts';
import { textOf } from '../vpc/parse/fields.ts';
import { timestampField } from '../vpc/parse/timestamp.ts';
import type { Change } from './change.ts';
import { editsOfEvent } from './edits-of-event.ts';
import { objectOf } from './part-key.ts';
import { parseActor } from './parse-actor.ts';
import { sdkForm } from './sdk-form.ts';

/** CloudTrail cuts what it does not like to send; nothing that it sends is longer (256 KB). */
const LONGEST = 300_000;

/**
 * One event of CloudTrail as a change: `undefined` where it changed nothing, failed, or cannot be read as an event. What
 * is known to have changed something and does not tell what is a change that cannot be undone.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function parseEvent(text: string): Change | undefined {
  const event = text.length > LONGEST ? undefined : Event.safeParse(parseJson(text)).data;
  if (event === undefined || event.errorCode !== undefined || event.readOnly === true) return undefined;
  const request = sdkForm(event.requestParameters);
  if (request['DryRun'] === true) return undefined;
  const response = sdkForm(event.responseElements);
  const edits = editsOfEvent(event.eventName, { request, response, accountId: event.recipientAccountId });
  if (edits === undefined) return undefined;
  const by = parseActor(event.userIdentity);
  return {
    id: event.eventID,
    at: event.eventTime,
    event: event.eventName,
    objects: [...new Set(edits.map(objectOf))],
    ...(by !== undefined && { by }),
    edits,
  };
}

const Event = z.object({
  eventID: z.string().min(1).max(64),
  eventName: z.string().max(128),
  eventTime: timestampField,
  errorCode: z.string().optional(),
  readOnly: z.boolean().optional(),
  recipientAccountId: textOf(parseRecordedAccountId).optional().catch(undefined),
  userIdentity: z.unknown(),
  requestParameters: z.unknown(),
  responseElements: z.unknown(),
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
