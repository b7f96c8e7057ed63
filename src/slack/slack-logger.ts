import type { Logger } from '@slack/bolt';
import { LogLevel } from '@slack/bolt';

/** The part of a structured logger that Bolt's messages need. */
export interface LineLog {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Bolt's own words as structured lines. Its debug level repeats whole payloads, so it is never passed on. */
export function slackLogger(log: LineLog): Logger {
  return {
    debug: () => undefined,
    info: (...said) => log.debug({ said: lineOf(said) }, 'Bolt says'),
    warn: (...said) => log.warn({ said: lineOf(said) }, 'Bolt warns'),
    error: (...said) => log.error({ said: lineOf(said) }, 'Bolt reports an error'),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}

const LONGEST_LINE = 500;

function lineOf(said: readonly unknown[]): string {
  return said
    .map((part) => (part instanceof Error ? part.message : String(part)))
    .join(' ')
    .slice(0, LONGEST_LINE);
}
