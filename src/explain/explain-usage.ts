import type { Block, Document } from './document.ts';
import { code, sentence, type Sentence } from './sentence.ts';

/** How to ask: one topic, or all of them. Unknown topics get the same help. */
export function explainUsage(topic?: string, command = '/vpc'): Document {
  const own = TOPICS.get(topic ?? '');
  return own === undefined ? overview(command) : pageOf(own, command);
}

interface Topic {
  readonly title: string;
  readonly summary: string;
  readonly about: Sentence;
  /** Questions that show the shape. */
  readonly examples: readonly string[];
  readonly options: readonly Sentence[];
  /** A terminal has other words for it, which its own help tells. */
  readonly isForSlack?: true;
}

const WHERE = sentence`${code('--account')} and ${code('--region')}: where to look; everywhere the bot may look if not given`;

const WHY_REJECTED: Topic = {
  title: 'Why was this traffic rejected?',
  summary: 'why-rejected, with a network interface, says which rule blocked its traffic',
  about: sentence`Name a network interface, an instance or an IP address. The answer names the security group or network ACL rule, with the flow log records, the smallest fix, and what could not be seen. Nothing is ever changed.`,
  examples: [
    'why-rejected eni-0a1b2c3d4e5f60718',
    'why-rejected 10.20.9.40 --from 10.20.4.17 --port 5432',
    'why-rejected i-0123456789abcdef0 --since 3h --region eu-west-1',
  ],
  options: [
    sentence`${code('--from')} or ${code('--to')}: the other end, an address or a CIDR block`,
    sentence`${code('--port')}: the port of the service`,
    sentence`${code('--protocol')}: tcp, udp, icmp, icmpv6 or a number`,
    sentence`${code('--since')} and ${code('--until')}: a duration such as 90m, 2h or 1d, or a UTC time such as 14:00; the last hour if not given`,
    WHERE,
  ],
};

const PATH: Topic = {
  title: 'Does it get there, and its answer back?',
  summary: 'path, with two ends, follows a packet there and its answer back',
  about: sentence`Name two ends: network interfaces, instances, IP addresses, ${code('internet')}, ${code('s3')}, ${code('dynamodb')} or a prefix list, or an address behind a gateway as in ${code('192.168.1.9@vgw-0a1b2c3d4e5f60718')}. The answer names every obstacle on both ways, in the order met, and what could not be seen. No packet is sent and nothing is changed.`,
  examples: [
    'path eni-0a1b2c3d4e5f60718 10.20.9.40 tcp/5432',
    'path internet i-0123456789abcdef0 tcp/443',
    'path i-0123456789abcdef0 s3 tcp/443 --region eu-west-1',
    'path 10.20.4.17 10.44.1.8 --icmp 8',
  ],
  options: [
    sentence`${code('tcp/443')}, ${code('udp/53')}, ${code('icmp')}, or ${code('--protocol')} and ${code('--port')}: what is sent; tcp if not given`,
    sentence`${code('--src-port')}: the client's port; any from 1024 to 65535 if not given`,
    sentence`${code('--icmp')}: the ICMP type, or type/code as in 3/4; an echo request if not given`,
    WHERE,
  ],
};

const AUDIT: Topic = {
  isForSlack: true,
  title: 'What is wrong though nobody asked?',
  summary: 'audit, with a schedule, tells what changed in peering, endpoints, flow logs and expectations',
  about: sentence`Schedule an audit: it posts what is new, worse or resolved since its last run, is silent when nothing changed, and gives a sign of life once a week. Nothing is ever changed in your accounts.`,
  examples: [
    'audit schedule prod "0 7 * * 1-5" Europe/Berlin #network --families peering,endpoints',
    'audits',
    'audit run prod',
    'audit mute peering-unused:pcx-0a1b2c3d4e5f60718 14d "waits for the migration"',
    'audit unmute peering-unused:pcx-0a1b2c3d4e5f60718',
    'audit remove prod',
  ],
  options: [
    sentence`the schedule: minute, hour, day of the month, month and day of the week, in quotes; then a time zone, UTC if not given, and a channel, this one if not given`,
    sentence`${code('--families')}: peering, endpoints, flow-logs, expectations; all if not given`,
    sentence`${code('--account')}, ${code('--region')} and ${code('--vpc')}: what to audit; everything the bot may read if not given`,
  ],
};

const TOPICS: ReadonlyMap<string, Topic> = new Map([
  ['why-rejected', WHY_REJECTED],
  ['path', PATH],
  ['audit', AUDIT],
]);

function overview(command: string): Document {
  const pages = [...TOPICS.values()].filter(({ isForSlack }) => !isForSlack || command.startsWith('/'));
  return {
    summary: `${command} ${pages.map(({ summary }) => summary).join(`; ${command} `)}`,
    blocks: [
      ...pages.flatMap((topic) => blocksOf(topic, command)),
      { kind: 'note', spans: sentence`${code(`${command} help path`)} and the like tell the options.` },
    ],
  };
}

function pageOf(topic: Topic, command: string): Document {
  return {
    summary: `${command} ${topic.summary}`,
    blocks: [...blocksOf(topic, command), { kind: 'list', ordered: false, items: topic.options }],
  };
}

function blocksOf({ title, about, examples }: Topic, command: string): readonly Block[] {
  return [
    { kind: 'title', text: title },
    { kind: 'paragraph', spans: about },
    { kind: 'command', shell: examples.map((example) => `${command} ${example}`).join('\n') },
  ];
}
