import { explainFailure } from '../src/explain/explain-failure.ts';
import { explainUsage } from '../src/explain/explain-usage.ts';
import { ConfigurationError } from '../src/config/configuration-error.ts';
import { ExpectedError } from '../src/failure/expected-error.ts';
import { renderTerminal } from '../src/render/terminal.ts';
import { EXIT, exitCodeOf } from './exit-codes.ts';
import { processTerminal, type Terminal } from './terminal.ts';

type Run = (words: readonly string[], terminal: Terminal) => Promise<number> | number;

/** Loaded when asked for: the parts of a bot take a second to load, and a policy needs none of them. */
const COMMANDS = new Map<string, () => Promise<Run>>([
  ['start', async () => (await import('./commands/start.ts')).runStart],
  ['why-rejected', async () => (await import('./commands/why-rejected.ts')).runWhyRejected],
  ['path', async () => (await import('./commands/path.ts')).runPath],
  ['snapshot', async () => (await import('./commands/snapshot.ts')).runSnapshot],
  ['audit', async () => (await import('./commands/audit.ts')).runAuditCommand],
  ['demo', async () => (await import('./commands/demo.ts')).runDemo],
  ['doctor', async () => (await import('./commands/doctor.ts')).runDoctor],
  ['iam-policy', async () => (await import('./commands/iam-policy.ts')).runIamPolicy],
]);

async function run([name = 'help', ...words]: readonly string[], terminal: Terminal): Promise<number> {
  const load = COMMANDS.get(name);
  if (load === undefined) return showUsage(name, terminal);
  try {
    return await (
      await load()
    )(words, terminal);
  } catch (error) {
    return showTrouble(isUnknownOption(error) ? unknownOption(words) : error, terminal);
  }
}

/** https://nodejs.org/docs/latest-v20.x/api/errors.html#err_parse_args_unknown_option and its siblings. */
function isUnknownOption(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_');
}

function unknownOption(words: readonly string[]): ExpectedError {
  return new ExpectedError({
    kind: 'not-understood',
    input: words.join(' ').slice(0, 80),
    expected: 'the options that vpc-why help tells',
  });
}

const OTHER_COMMANDS = `
Besides --format text|json|markdown, and:
  vpc-why path … [--snapshot FILE]        a path through a recorded network instead of a live one
  vpc-why why-rejected|path … [--picture FILE.png]
                                          the answer drawn as well: the way, and the records over time
  vpc-why path --questions FILE|-         many paths: a JSON object a line in, a JSON answer a line out
  vpc-why audit [--snapshot FILE] [--families …] [--expectations FILE] [--vpc …] [--fail-on high|medium|low]
                                          everything that is wrong though nobody asked
  vpc-why start [--role all|bot|worker]   the Slack bot, whole or one half of it
  vpc-why snapshot [--account a] [--region r] [--vpc id] > network.json
                                          the network as recorded JSON, for path and audit --snapshot
  vpc-why doctor                          what is missing, and how to mend it
  vpc-why iam-policy                      the read-only policy for exactly the calls made
  vpc-why demo [--keep] [--all] [--pictures FOLDER]
                                          the whole bot without accounts

Exit codes: 0 answered, 2 unusable input, 3 AWS said no, 4 not found.
Of vpc-why audit also: 1 an expectation is broken, or --fail-on found something.
`;

const ASKS_FOR_HELP = new Set(['help', '--help', '-h']);

function showUsage(name: string, terminal: Terminal): number {
  const help = ASKS_FOR_HELP.has(name);
  if (!help) {
    const expected = [...COMMANDS.keys(), 'help'].join(', ');
    return showTrouble(new ExpectedError({ kind: 'not-understood', input: name.slice(0, 80), expected }), terminal);
  }
  terminal.out(renderTerminal({ parent: explainUsage(undefined, 'vpc-why'), replies: [] }, terminal));
  terminal.out(OTHER_COMMANDS);
  return EXIT.answered;
}

function showTrouble(error: unknown, terminal: Terminal): number {
  if (error instanceof ConfigurationError) {
    terminal.err(`The configuration has mistakes:\n${error.message.replaceAll(/^/gm, '  ')}\n`);
    return EXIT.unusableInput;
  }
  if (!(error instanceof ExpectedError)) throw error;
  terminal.err(renderTerminal({ parent: explainFailure(error.failure, 'vpc-why'), replies: [] }, terminal));
  return exitCodeOf(error.failure);
}

/** The first signal ends gracefully, the second at once. */
function endSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => controller.abort(new Error(name)));
  }
  return controller.signal;
}

/** `… | head`: whoever reads along has enough. */
function endWithReader(error: Error): void {
  if (!('code' in error) || error.code !== 'EPIPE') throw error;
  process.exit(EXIT.answered);
}

async function main(): Promise<void> {
  process.stdout.on('error', endWithReader);
  process.exitCode = await run(process.argv.slice(2), processTerminal(endSignal()));
}

// Which Node we run on is our decision (ADR 0001), not news for whoever asks a question.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
void main();
