import * as z from 'zod';

/** A text that this parser takes as it is: an account id, a region, the id of a VPC. */
export function that<Value extends string>(
  parse: (text: string) => Value | undefined,
  expected: string,
): z.ZodType<Value> {
  return z.custom<Value>((value) => typeof value === 'string' && parse(value) === value, `expected ${expected}`);
}
