import { LINK, unescapeSlack } from '../tokenize.ts';

/** Slack's own limit for a message; what is longer is not read to its end. */
const LONGEST_TEXT = 40_000;

/** A message as people see it: links by their labels, without mentions and escapes, arrows of one kind. */
export function cleanText(raw: string): string {
  const shown = cut(raw)
    .replace(MENTION, ' ')
    .replace(LINK, (_, target: string, label: string | undefined) => ` ${label ?? target} `);
  return unescapeSlack(shown)
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{C}\n]/gu, ' ')
    .replace(/n['\u2018\u2019]t\b/gi, 'nt')
    .replace(/<-{1,2}>|\u2194/g, ' \u2194 ')
    .replace(/[-=]{1,3}>|[\u21d2\u279c\u2794\u27f6]/g, ' \u2192 ')
    .replace(/<-{1,2}(?!\d)/g, ' \u2190 ');
}

/** Of people, groups and channels: `<@U0123>`, `<!subteam^S0123|@ops>`, `<#C0123|network>`. */
const MENTION = /<[@!#][^<>]{0,200}>/g;

/** A word cut in two may look like another one: 10.0.1.55 like 10.0.1.5. */
function cut(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  let end = LONGEST_TEXT;
  while (end > 0 && !/\s/.test(text.charAt(end))) end -= 1;
  return text.slice(0, end);
}
