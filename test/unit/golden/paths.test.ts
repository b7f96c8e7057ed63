import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { explainPath } from '../../../src/explain/explain-path.ts';
import { renderSlackMessages } from '../../../src/render/block-kit.ts';
import { renderMarkdown } from '../../../src/render/markdown.ts';
import { renderPathJson } from '../../../src/render/path-json.ts';
import { PathAnswer } from '../../../src/render/path-schema.ts';
import { checkMessage } from '../../support/check-blocks.ts';
import { mayGrow } from './may-grow.ts';
import { PATHS } from './paths.ts';

const published = {
  title: 'vpc-why path --format json',
  ...z.toJSONSchema(PathAnswer, { target: 'draft-2020-12', override: mayGrow }),
};

/** `npm run golden` rewrites the files; a reviewer reads their difference as prose. */
describe.each([...PATHS])('%s', (name, telling) => {
  const thread = explainPath(telling, { askedBy: 'U012ABCDEF' });

  it('reads as in the golden file', async () => {
    await expect(renderMarkdown(thread)).toMatchFileSnapshot(`../../golden/${name}.md`);
  });

  it('is sent as in the golden file, within the limits of Slack', async () => {
    const messages = [thread.parent, ...thread.replies].map(renderSlackMessages);

    await expect(`${JSON.stringify(messages, null, 2)}\n`).toMatchFileSnapshot(`../../golden/${name}.slack.json`);
    expect(messages.flat().flatMap(checkMessage)).toEqual([]);
    expect(messages.map(({ length }) => length)).toEqual(messages.map(() => 1));
    expect(thread.replies.length).toBeLessThanOrEqual(3);
  });

  it('keeps the published contract', async () => {
    const printed = `${JSON.stringify(renderPathJson(telling), null, 2)}\n`;

    expect(z.fromJSONSchema(published).safeParse(JSON.parse(printed)).error).toBeUndefined();
    expect(PathAnswer.safeParse(JSON.parse(printed)).error).toBeUndefined();
    await expect(printed).toMatchFileSnapshot(`../../golden/${name}.json`);
  });
});

it('the published schema is the one in force', async () => {
  await expect(`${JSON.stringify(published, null, 2)}\n`).toMatchFileSnapshot('../../../docs/schema/path.schema.json');
});

it('the id of a question is echoed', () => {
  expect(renderPathJson(PATHS.get('path-reachable')!, 'case/1')).toMatchObject({ id: 'case/1', reachable: true });
});

it.each([
  ['path-reachable', true],
  ['path-blocked-by-acl-and-group', false],
  ['path-depends-on-the-client-port', null],
  ['path-undetermined', null],
])('%s is reachable: %j', (name, reachable) => {
  expect(renderPathJson(PATHS.get(name)!)).toMatchObject({ reachable });
});
