import { ServiceError } from '../service-error.ts';

interface InsightsEvent {
  readonly message: string;
  readonly stream: string;
  readonly timestampMs: number;
}

interface Rows {
  readonly events: readonly InsightsEvent[];
  /** Before the limit. */
  readonly matched: number;
}

type Step = (rows: Rows, rest: string) => Rows;

/**
 * Logs Insights as far as flow logs are asked about in it: a rank of rejects before the rest and of newest before oldest,
 * `like` with quoted text, a limit. Anything else is refused as AWS refuses what it cannot parse.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 */
export function runInsights(query: string, events: readonly InsightsEvent[]): Rows {
  let rows: Rows = { events, matched: events.length };
  for (const command of query.split(/\s*\|\s*/)) {
    const [, word = '', rest = ''] = /^(\w+)\s+(.+)$/.exec(command) ?? [];
    const step = STEPS.get(word);
    if (step === undefined) throw malformed(command);
    rows = step(rows, rest);
  }
  return rows;
}

const STEPS: ReadonlyMap<string, Step> = new Map<string, Step>([
  ['fields', (rows, rest) => expecting(RANK, rest, rows)],
  ['display', (rows, rest) => expecting(/^@timestamp, @message$/, rest, rows)],
  ['filter', keepLike],
  ['sort', byRank],
  ['limit', (rows, rest) => ({ ...rows, events: rows.events.slice(0, Number(rest)) })],
]);

const RANK = /^strcontains\(@message, "REJECT"\) \* 10000000000000 \+ toMillis\(@timestamp\) as rank$/;

function expecting(pattern: RegExp, text: string, rows: Rows): Rows {
  if (!pattern.test(text)) throw malformed(text);
  return rows;
}

const LIKE = /^@(message|logStream) like "([^"]*)"$/;

function keepLike({ events }: Rows, condition: string): Rows {
  const tests = condition.split(' or ').map((text) => {
    const [, field, wanted = ''] = LIKE.exec(text) ?? [];
    if (field === undefined) throw malformed(text);
    return ({ message, stream }: InsightsEvent) => (field === 'message' ? message : stream).includes(wanted);
  });
  const kept = events.filter((event) => tests.some((test) => test(event)));
  return { events: kept, matched: kept.length };
}

function byRank(rows: Rows, rest: string): Rows {
  return { ...expecting(/^rank desc$/, rest, rows), events: rows.events.toSorted((a, b) => rankOf(b) - rankOf(a)) };
}

function rankOf({ message, timestampMs }: InsightsEvent): number {
  return (message.includes('REJECT') ? 10_000_000_000_000 : 0) + timestampMs;
}

function malformed(text: string): ServiceError {
  return new ServiceError('MalformedQueryException', `unexpected symbol found ${text}`);
}
