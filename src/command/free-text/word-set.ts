/** Words as a set, written as they are read: `wordSet('from by', 'von vom')`. */
export function wordSet(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(' ')));
}
