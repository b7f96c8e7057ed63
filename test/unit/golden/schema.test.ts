import { expect, it } from 'vitest';
import * as z from 'zod';
import { renderJson } from '../../../src/render/json.ts';
import { WhyRejectedAnswer } from '../../../src/render/answer-schema.ts';
import { mayGrow } from './may-grow.ts';
import { SCENARIOS } from './scenarios.ts';

const published = {
  title: 'vpc-why why-rejected --format json',
  ...z.toJSONSchema(WhyRejectedAnswer, { target: 'draft-2020-12', override: mayGrow }),
};

it('the published schema is the one in force', async () => {
  await expect(`${JSON.stringify(published, null, 2)}\n`).toMatchFileSnapshot(
    '../../../docs/schema/why-rejected.schema.json',
  );
});

it.each([...SCENARIOS])('%s keeps the published contract', async (name, diagnosis) => {
  const printed = `${JSON.stringify(renderJson(diagnosis), null, 2)}\n`;

  expect(z.fromJSONSchema(published).safeParse(JSON.parse(printed)).error).toBeUndefined();
  await expect(printed).toMatchFileSnapshot(`../../golden/${name}.json`);
});

it('an answer with a field that was never promised does not', () => {
  const answer = renderJson([...SCENARIOS.values()][0]!);

  expect(WhyRejectedAnswer.safeParse({ ...answer, extra: 1 }).success).toBe(false);
  expect(WhyRejectedAnswer.safeParse({ ...answer, schemaVersion: 2 }).success).toBe(false);
});
