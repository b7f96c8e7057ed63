import { explainFailure } from '../explain/explain-failure.ts';
import { ExpectedError } from '../failure/expected-error.ts';
import type { EpochSeconds } from '../lang/time.ts';
import { parseCommand } from './parse-command.ts';
import { tokenize } from './tokenize.ts';

/** What the form asks, in its order: each field but the first one is an option of `why-rejected`. */
export const FORM_FIELDS = ['what', 'remote', 'port', 'protocol', 'since'] as const;
export type FormField = (typeof FORM_FIELDS)[number];

/** What was filled in; an empty field says nothing. */
export type AskForm = Readonly<Partial<Record<FormField, string>>>;

export type ReadForm =
  | { readonly kind: 'command'; readonly text: string }
  | { readonly kind: 'errors'; readonly errors: Readonly<Partial<Record<FormField, string>>> };

/** The form as the command it stands for, or what is wrong in each field, in the words the command would get. */
export function readAskForm(form: AskForm, askedAt: EpochSeconds): ReadForm {
  const text = commandOf(form);
  const wrong = FORM_FIELDS.flatMap((field) => {
    const complaint = complaintAbout(aloneIn(field, form), askedAt);
    return complaint === undefined ? [] : [[field, complaint] as const];
  });
  if (wrong.length > 0) return { kind: 'errors', errors: Object.fromEntries(wrong) };
  const complaint = complaintAbout(text, askedAt);
  return complaint === undefined ? { kind: 'command', text } : { kind: 'errors', errors: { what: complaint } };
}

const OPTION_OF = {
  remote: '--from',
  port: '--port',
  protocol: '--protocol',
  since: '--since',
} as const satisfies Record<Exclude<FormField, 'what'>, string>;

function commandOf({ what = '', ...options }: AskForm): string {
  const given = FORM_FIELDS.flatMap((field) => (field === 'what' ? [] : optionIn(field, options)));
  return ['why-rejected', oneWord(what), ...given].filter((part) => part !== '').join(' ');
}

function optionIn(field: keyof typeof OPTION_OF, form: AskForm): readonly string[] {
  const value = oneWord(form[field] ?? '');
  return value === '' ? [] : [`${OPTION_OF[field]}=${value}`];
}

/** A field holds one word: what stands behind a blank would be read as something else. */
function oneWord(value: string): string {
  return tokenize(value).join('_');
}

/** A field is judged beside a target that is surely right. */
function aloneIn(field: FormField, form: AskForm): string {
  return commandOf(field === 'what' ? { what: form.what ?? '' } : { what: SURELY_RIGHT, [field]: form[field] ?? '' });
}

const SURELY_RIGHT = '10.0.0.1';

function complaintAbout(text: string, askedAt: EpochSeconds): string | undefined {
  try {
    parseCommand(text, askedAt);
    return undefined;
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return explainFailure(error.failure).summary;
  }
}
