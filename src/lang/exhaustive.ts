/** The last arm of a switch over a union: does not compile while a member is missing. */
export function assertNever(value: never): never {
  throw new Error(`unexpected ${JSON.stringify(value)}`);
}
