import * as z from 'zod';

/** A text that this parser takes as it is. */
export const that = <Value extends string>(parse: (text: string) => Value | undefined): z.ZodType<Value> =>
  z.custom<Value>((value) => typeof value === 'string' && parse(value) === value);
