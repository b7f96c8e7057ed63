import { createCollector } from '../../src/aws/create-collector.ts';
import type { AuditFinding, AuditReport } from '../../src/audit/audit-finding.ts';
import { SEVERITY_RANK } from '../../src/audit/audit-snapshot.ts';
import type { PlannedAudit } from '../../src/audit/planned-audit.ts';
import { parseAuditWords, type AuditWords } from '../../src/command/parse-audit-words.ts';
import { withExample } from '../../src/command/with-example.ts';
import { awsSettings, readConfiguration } from '../../src/config/read-settings.ts';
import { explainAuditReport } from '../../src/explain/explain-audit-report.ts';
import { explainFault } from '../../src/explain/explain-fault.ts';
import { renderAuditJson } from '../../src/render/audit-json.ts';
import { runAudit, type AuditResult } from '../../src/workflow/run-audit.ts';
import { renderAnswer, takeFormat } from '../answer-format.ts';
import { EXIT } from '../exit-codes.ts';
import { nowInSeconds } from '../now.ts';
import { readExpectationsFile } from '../read-expectations-file.ts';
import { recordedNetwork } from '../recorded-network.ts';
import type { Terminal } from '../terminal.ts';

/** `vpc-why audit …`: everything that is wrong, of AWS or of a recorded network; nothing is posted or remembered. */
export async function runAuditCommand(words: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const { format, rest } = takeFormat(words);
    const asked = parseAuditWords(rest);
    const result = await judge(asked, terminal);
    const tell = (finding: AuditFinding): ReturnType<typeof explainFault> => explainFault(finding, result.snapshot);
    const telling = { ...result, scopes: result.snapshot.scopes };
    const answer = { thread: () => explainAuditReport(telling, tell), json: () => renderAuditJson(result, tell) };
    terminal.out(renderAnswer(format, answer, terminal));
    return exitCodeOf(result.report, asked);
  } catch (error) {
    throw withExample('audit', error);
  }
}

async function judge(asked: AuditWords, { environment, signal }: Terminal): Promise<AuditResult> {
  const { snapshot, expectations: file, scope } = asked;
  const configuration = readConfiguration(environment);
  const sources = {
    // Read first: a mistake in it is told before minutes of calls.
    readExpectations: async () => (file === undefined ? undefined : readExpectationsFile(file)),
    prices: configuration.prices,
    now: nowInSeconds,
  };
  if (snapshot !== undefined)
    return runAudit(planned(scope), { ...sources, collectNetwork: recordedNetwork(snapshot) }, signal);
  const collector = createCollector(awsSettings(configuration));
  try {
    return await runAudit(planned(scope), { ...sources, ...collector }, signal);
  } finally {
    collector.close();
  }
}

/** Told at the terminal, and kept nowhere. */
function planned(scope: PlannedAudit['scope']): PlannedAudit {
  return { name: 'terminal', origin: 'once', channelId: '', teamId: '', scope };
}

/** A broken expectation always fails a pipeline; other findings when asked to. */
function exitCodeOf({ findings }: AuditReport, { failOn }: AuditWords): number {
  const isBad = ({ fault, severity }: AuditFinding): boolean =>
    BROKEN.has(fault.kind) || (failOn !== undefined && SEVERITY_RANK[severity] >= SEVERITY_RANK[failOn]);
  return findings.some(isBad) ? EXIT.broken : EXIT.answered;
}

/** One that names nothing, or cannot be checked, protects nobody: a pipeline should notice. */
const BROKEN: ReadonlySet<string> = new Set<AuditFinding['fault']['kind']>([
  'must-reach-broken',
  'must-not-reach-broken',
  'expectation-names-nothing',
  'expectation-names-too-much',
  'expectation-not-checkable',
]);
