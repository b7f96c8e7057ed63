import { describe, expect, it } from 'vitest';
import { escapeMrkdwn, escapeMrkdwnWithin } from '../../../src/render/escape-mrkdwn.ts';

describe('text in Slack', () => {
  it.each([
    ['<!channel>', '&lt;!channel&gt;'],
    ['<@U012ABCDEF>', '&lt;@U012ABCDEF&gt;'],
    ['a & b', 'a &amp; b'],
    ['&lt;', '&amp;lt;'],
    ['`x`', 'ˋxˋ'],
    ['*kept* _kept_', '*kept* _kept_'],
    ['two\nlines\u{2028}three', 'two lines three'],
    ['\u{202E}gpj.exe\u{7}', 'gpj.exe'],
    ['half \u{D83D}', 'half \u{FFFD}'],
  ])('%j becomes %j', (text, shown) => {
    expect(escapeMrkdwn(text)).toBe(shown);
  });

  it.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdefg', 6, 'abcde…'],
    ['<<<<', 10, '&lt;&lt;…'],
    ['🟢🟢🟢', 4, '🟢…'],
    ['abc', 0, ''],
  ])('%j within %s characters is %j: never half an entity or character', (text, limit, shown) => {
    expect(escapeMrkdwnWithin(text, limit)).toBe(shown);
  });
});
