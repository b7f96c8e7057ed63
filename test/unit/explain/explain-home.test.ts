import { describe, expect, it } from 'vitest';
import { explainHome, type HomeContents } from '../../../src/explain/explain-home.ts';
import { renderHomeBlocks } from '../../../src/render/block-kit.ts';
import { renderMarkdown } from '../../../src/render/markdown.ts';

const AT = 1_790_000_000;

const home: HomeContents = {
  recent: [
    { text: 'why-rejected eni-1', askedAt: AT, channelId: 'C1', permalink: 'https://demo.slack.com/p1' },
    { text: `path ${'x'.repeat(300)}`, askedAt: AT - 60, channelId: 'D1' },
  ],
  watches: [
    {
      summary: 'tcp/5432 from 10.0.0.1: no rule matches',
      until: AT + 600,
      channelId: 'C1',
      permalink: 'https://demo.slack.com/p2',
    },
  ],
  audits: {
    summary: 'one',
    blocks: [{ kind: 'paragraph', spans: [{ kind: 'words', text: '1 audit is scheduled.' }] }],
  },
  health: { queue: { waiting: 0, active: 1 }, scope: { accounts: 2, regions: ['eu-west-1', 'us-east-1'] } },
};

const words = (contents: HomeContents): string => renderMarkdown({ parent: explainHome(contents), replies: [] });

describe('one’s own page', () => {
  it('lists questions with where their answers stand', () => {
    expect(words(home)).toMatch(/why-rejected eni-1.*https:\/\/demo\.slack\.com\/p1/);
    expect(words(home)).toMatch(/path x+….*asked directly.*no answer yet/);
  });

  it('lists watches, as long as there are any', () => {
    expect(words(home)).toMatch(/Your watches[^]*tcp\/5432 from 10\.0\.0\.1.*until.*https:\/\/demo\.slack\.com\/p2/);
    expect(words({ ...home, watches: [] })).not.toContain('watches');
  });

  it('says when nothing was asked', () => {
    expect(words({ ...home, recent: [] })).toContain('None in the last 30 days');
  });

  it('has audits only for those who may see them', () => {
    const { audits: _, ...others } = home;

    expect(words(home)).toContain('1 audit is scheduled.');
    expect(words(others)).not.toContain('udit');
  });

  it('tells how the bot is', () => {
    expect(words(home)).toContain('0 waiting, 1 being answered');
    expect(words(home)).toContain("the bot's own account and 2 others, in eu-west-1, us-east-1");
    expect(words({ ...home, health: { scope: { accounts: 0, regions: [] } } })).toMatch(/does not answer/);
  });
});

it('a page longer than Slack shows is cut, and says so', () => {
  const blocks = Array.from({ length: 150 }, () => ({ kind: 'title', text: 'x' }) as const);
  const rendered = renderHomeBlocks({ summary: 'long', blocks });

  expect(rendered).toHaveLength(100);
  expect(JSON.stringify(rendered.at(-1))).toContain('more than fits');
});
