import { describe, expect, it } from 'vitest';
import { explainDiagnosis } from '../../../src/explain/explain-diagnosis.ts';
import { renderSlackMessages } from '../../../src/render/block-kit.ts';
import { renderMarkdown } from '../../../src/render/markdown.ts';
import { checkMessage } from '../../support/check-blocks.ts';
import { SCENARIOS } from './scenarios.ts';

/** `npm run golden` rewrites the files; a reviewer reads their difference as prose. */
describe.each([...SCENARIOS])('%s', (name, diagnosis) => {
  const thread = explainDiagnosis(diagnosis, { askedBy: 'U012ABCDEF' });

  it('reads as in the golden file', async () => {
    await expect(renderMarkdown(thread)).toMatchFileSnapshot(`../../golden/${name}.md`);
  });

  it('is sent as in the golden file, within the limits of Slack', async () => {
    const messages = [thread.parent, ...thread.replies].map(renderSlackMessages);

    await expect(`${JSON.stringify(messages, null, 2)}\n`).toMatchFileSnapshot(`../../golden/${name}.slack.json`);
    expect(messages.flat().flatMap(checkMessage)).toEqual([]);
    expect(messages.map(({ length }) => length)).toEqual(messages.map(() => 1));
  });
});
