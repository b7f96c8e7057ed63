import * as z from 'zod';

/** What could not be seen, alike in every answer. */
export const GapAnswer = z.strictObject({
  fact: z.string(),
  about: z.string().optional(),
  because: z.string(),
  action: z.string().describe('IAM action that would close the gap').optional(),
  accountId: z.string().optional(),
  region: z.string().optional(),
  sentence: z.string(),
});
export type GapAnswer = z.infer<typeof GapAnswer>;
