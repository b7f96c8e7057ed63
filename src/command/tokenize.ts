/**
 * Text as people type it on phones and paste it from consoles, cut into words: dashes that a keyboard joined,
 * code marks, the angle brackets of Slack's links (`<http://10.0.0.1|10.0.0.1>`) and its three escapes are undone.
 */
export function tokenize(text: string): string[] {
  return unescapeSlack(text)
    .replace(
      LINK,
      (_, target: string, label: string | undefined) => label ?? target.replace(/^(https?:\/\/|mailto:)/, ''),
    )
    .replace(/(^|\s)[\u2012-\u2015]+(?=\w)/g, '$1--')
    .split(/[\s`"'\u2018-\u201f\p{Cc}\p{Cf}]+/u)
    .filter((word) => word !== '');
}

/** `<target>` or `<target|label>`. */
export const LINK = /<([^<>|\s]{1,500})(?:\|([^<>]{1,500}))?>/g;

/** https://docs.slack.dev/messaging/formatting-message-text: only these three are escaped. */
export function unescapeSlack(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
