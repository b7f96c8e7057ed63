import type { InputBlock, KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import * as z from 'zod';
import { FORM_FIELDS, type AskForm, type FormField } from '../command/ask-form.ts';
import { formatProtocol, ICMP, ICMPV6, TCP, UDP } from '../net/protocol.ts';

export const ASK_VIEW = 'ask_vpc_why';

/** Where the form was opened: a thread, or anywhere, and then the form asks for a channel. */
interface ThreadOfForm {
  readonly channelId: string;
  readonly threadTs: string;
}

export interface AskViewParts {
  readonly form: AskForm;
  readonly thread?: ThreadOfForm;
  /** Shown above the fields: what was found in a message. */
  readonly above?: readonly KnownBlock[];
}

/** The form as Slack shows it. https://docs.slack.dev/reference/views/modal-views/ */
export function askView({ form, thread, above = [] }: AskViewParts): ModalView {
  return {
    type: 'modal',
    callback_id: ASK_VIEW,
    title: { type: 'plain_text', text: 'Why was it rejected?' },
    submit: { type: 'plain_text', text: 'Ask' },
    close: { type: 'plain_text', text: 'Cancel' },
    ...(thread !== undefined && { private_metadata: JSON.stringify(thread) }),
    blocks: [
      ...above,
      ...FORM_FIELDS.map((field) => (field === 'protocol' ? protocolField(form.protocol) : textField(field, form))),
      ...(thread === undefined ? [CHANNEL_FIELD] : []),
    ],
  };
}

interface Wording {
  readonly label: string;
  readonly hint: string;
  readonly example: string;
}

const WORDINGS: Readonly<Record<Exclude<FormField, 'protocol'>, Wording>> = {
  what: {
    label: 'Whose traffic?',
    hint: 'A network interface, an instance or an IP address',
    example: 'eni-0123456789abcdef0',
  },
  remote: {
    label: 'The other end',
    hint: 'An IP address or a CIDR block; everybody if left empty',
    example: '10.20.4.17',
  },
  port: { label: 'Port of the service', hint: 'Any if left empty', example: '5432' },
  since: {
    label: 'Since when',
    hint: 'Such as 90m, 2h or 1d, or a UTC time such as 14:00; the last hour if left empty',
    example: '2h',
  },
};

/** Longer than any address, id or time. */
const LONGEST_VALUE = 100;

function textField(field: Exclude<FormField, 'protocol'>, form: AskForm): InputBlock {
  const { label, hint, example } = WORDINGS[field];
  const value = form[field];
  return {
    type: 'input',
    block_id: field,
    optional: field !== 'what',
    label: { type: 'plain_text', text: label },
    hint: { type: 'plain_text', text: hint },
    element: {
      type: 'plain_text_input',
      action_id: field,
      max_length: LONGEST_VALUE,
      placeholder: { type: 'plain_text', text: example },
      ...(value !== undefined && { initial_value: value.slice(0, LONGEST_VALUE) }),
    },
  };
}

const PROTOCOLS: readonly PlainTextOption[] = [TCP, UDP, ICMP, ICMPV6].map((protocol) => ({
  text: { type: 'plain_text', text: formatProtocol(protocol) },
  value: formatProtocol(protocol),
}));

function protocolField(chosen: string | undefined): InputBlock {
  const initial = PROTOCOLS.find(({ value }) => value === chosen);
  return {
    type: 'input',
    block_id: 'protocol',
    optional: true,
    label: { type: 'plain_text', text: 'Protocol' },
    element: {
      type: 'static_select',
      action_id: 'protocol',
      placeholder: { type: 'plain_text', text: 'Any' },
      options: [...PROTOCOLS],
      ...(initial !== undefined && { initial_option: initial }),
    },
  };
}

const CHANNEL = 'channel';

const CHANNEL_FIELD: InputBlock = {
  type: 'input',
  block_id: CHANNEL,
  label: { type: 'plain_text', text: 'Answer in' },
  element: {
    type: 'conversations_select',
    action_id: CHANNEL,
    default_to_current_conversation: true,
    filter: { include: ['public', 'private', 'mpim', 'im'], exclude_bot_users: true },
  },
};

/** What was filled in, as far as it has the shape of our form: it comes from outside. */
export function readAskView(view: unknown): { readonly form: AskForm; readonly place?: PlaceOfForm } {
  const { state, private_metadata } = View.parse(view);
  const entries = FORM_FIELDS.map((field) => [field, valueIn(state.values[field]?.[field])] as const);
  const place = placeIn(private_metadata, state.values[CHANNEL]?.[CHANNEL]?.selected_conversation);
  return {
    form: Object.fromEntries(entries.filter(([, value]) => value !== undefined)),
    ...(place !== undefined && { place }),
  };
}

interface PlaceOfForm {
  readonly channelId: string;
  readonly threadTs?: string;
}

const Action = z.object({
  value: z.string().max(3_000).nullish(),
  selected_option: z.object({ value: z.string().max(150) }).nullish(),
  selected_conversation: z.string().max(64).nullish(),
});
type Action = z.infer<typeof Action>;

const View = z.object({
  private_metadata: z.string().max(3_000),
  state: z.object({ values: z.record(z.string(), z.record(z.string(), Action)) }),
});

const Thread = z.object({
  channelId: z.string().regex(/^[CDG][A-Z0-9]{1,63}$/),
  threadTs: z.string().regex(/^\d{1,12}\.\d{1,9}$/),
});

function valueIn(action: Action | undefined): string | undefined {
  return action?.value ?? action?.selected_option?.value;
}

function placeIn(metadata: string, selected: string | null | undefined): PlaceOfForm | undefined {
  if (metadata === '') return selected === null || selected === undefined ? undefined : { channelId: selected };
  const parsed = Thread.safeParse(safeJson(metadata));
  return parsed.success ? parsed.data : undefined;
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
