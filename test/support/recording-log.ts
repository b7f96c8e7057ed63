import type { Log } from '../../jobs/log.ts';

interface Line {
  readonly level: keyof Log;
  readonly message: string;
  readonly fields: object;
}

/** A log that can be read back. */
export function recordingLog(): Log & { readonly lines: readonly Line[] } {
  const lines: Line[] = [];
  const at = (level: keyof Log) => (fields: object, message: string) => {
    lines.push({ level, message, fields });
  };
  return { lines, info: at('info'), warn: at('warn'), error: at('error') };
}
