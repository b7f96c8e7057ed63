import type { Document } from './document.ts';
import { code, sentence, type Sentence } from './sentence.ts';

/** How to ask. There is one topic so far; unknown ones get the same help. */
export function explainUsage(topic?: string, command = '/vpc'): Document {
  const title = topic === undefined ? 'Why was this traffic rejected?' : `${command} why-rejected`;
  return {
    summary: `${command} why-rejected, with a network interface, says which rule blocked its traffic`,
    blocks: [
      { kind: 'title', text: title },
      {
        kind: 'paragraph',
        spans: sentence`Name a network interface, an instance or an IP address. The answer names the security group or network ACL rule, with the flow log records, the smallest fix, and what could not be seen. Nothing is ever changed.`,
      },
      { kind: 'command', shell: examples(command).join('\n') },
      { kind: 'list', ordered: false, items: OPTIONS },
    ],
  };
}

/** Three questions that show the shape. */
function examples(command: string): readonly string[] {
  return [
    `${command} why-rejected eni-0a1b2c3d4e5f60718`,
    `${command} why-rejected 10.20.9.40 --from 10.20.4.17 --port 5432`,
    `${command} why-rejected i-0123456789abcdef0 --since 3h --region eu-west-1`,
  ];
}

const OPTIONS: readonly Sentence[] = [
  sentence`${code('--from')} or ${code('--to')}: the other end, an address or a CIDR block`,
  sentence`${code('--port')}: the port of the service`,
  sentence`${code('--protocol')}: tcp, udp, icmp, icmpv6 or a number`,
  sentence`${code('--since')} and ${code('--until')}: a duration such as 90m, 2h or 1d, or a UTC time such as 14:00; the last hour if not given`,
  sentence`${code('--account')} and ${code('--region')}: where to look; everywhere the bot may look if not given`,
];
