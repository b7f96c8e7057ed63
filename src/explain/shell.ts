/** A command as people paste it: one option a line, every word quoted for a POSIX shell. */
export function shellCommand(program: readonly string[], options: readonly (readonly string[])[]): string {
  const lines = [program, ...options].map((words) => words.map(quote).join(' '));
  return lines.join(' \\\n  ');
}

/** Single quotes hold everything but themselves. */
function quote(word: string): string {
  return /^[\w./:=,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
