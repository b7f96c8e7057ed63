import { describe, expect, it } from 'vitest';
import { readFreeText, type FreeTextReading } from '../../../../src/command/free-text/read-free-text.ts';
import { explainTook } from '../../../../src/explain/explain-reading.ts';

/** 2026-11-23T14:30:00Z */
const NOW = 1_795_444_200;

/** What is asked and what it was made of, the commands to choose from, or what stands in the way. */
type Expected =
  | { readonly command: string; readonly took: string }
  | { readonly several: readonly string[] }
  | { readonly nothing: string };

type Row = readonly [name: string, text: string, expected: Expected];

const NOTHING = { nothing: '' };

function read(text: string): Expected {
  const reading: FreeTextReading = readFreeText(text, NOW);
  if (reading.kind === 'several') return { several: reading.choices.map(({ command }) => command) };
  if (reading.kind === 'question') {
    const took = explainTook(reading.took)?.summary ?? '';
    return { command: reading.command, took: took.replace(/^Took from your message: (.*)\.$/s, '$1') };
  }
  return { nothing: reading.because?.kind === 'host-name' ? reading.because.name : (reading.because?.kind ?? '') };
}

describe('asked in plain words', () => {
  it.each<Row>([
    [
      'a plain question',
      `<@U0BOT> why can't 10.0.1.5 reach 10.0.2.9:5432?`,
      {
        command: 'why-rejected 10.0.2.9 --from 10.0.1.5 --port 5432 --protocol tcp',
        took: 'source 10.0.1.5, destination 10.0.2.9, port 5432, tcp',
      },
    ],
    [
      'with the quotes of a phone',
      '<@U0BOT> why can’t “10.0.1.5” reach ‘10.0.2.9’ on port 443?',
      {
        command: 'why-rejected 10.0.2.9 --from 10.0.1.5 --port 443 --protocol tcp',
        took: 'source 10.0.1.5, destination 10.0.2.9, port 443, tcp',
      },
    ],
    [
      'the destination first',
      '<@U0BOT> why is 10.0.2.9:6379 refusing connections from 10.0.1.5?',
      {
        command: 'why-rejected 10.0.2.9 --from 10.0.1.5 --port 6379 --protocol tcp',
        took: 'source 10.0.1.5, destination 10.0.2.9, port 6379, tcp',
      },
    ],
    [
      'from and to, the wrong way round',
      '<@U0BOT> nothing arrives to 10.0.2.9 from 10.0.1.5 on tcp/8443',
      {
        command: 'why-rejected 10.0.2.9 --from 10.0.1.5 --port 8443 --protocol tcp',
        took: 'source 10.0.1.5, destination 10.0.2.9, port 8443, tcp',
      },
    ],
    [
      'an arrow and a service',
      '<@U0BOT> 10.0.1.5 -> 10.0.2.9 tcp/443 fails since 14:00',
      {
        command: 'why-rejected 10.0.2.9 --from 10.0.1.5 --port 443 --protocol tcp',
        took: 'source 10.0.1.5, destination 10.0.2.9, port 443, tcp',
      },
    ],
    [
      'a port by name',
      '<@U0BOT> 10.0.1.5 cannot connect to postgres on 10.0.2.9',
      {
        command: 'why-rejected 10.0.2.9 --from 10.0.1.5 --port 5432 --protocol tcp',
        took: 'source 10.0.1.5, destination 10.0.2.9, port 5432 for postgres, tcp',
      },
    ],
    [
      'a number beats the name',
      '<@U0BOT> redis at 10.0.2.9:6380 not reachable from 10.0.1.5',
      {
        command: 'why-rejected 10.0.2.9 --from 10.0.1.5 --port 6380',
        took: 'source 10.0.1.5, destination 10.0.2.9, port 6380',
      },
    ],
    [
      'rejected by the service',
      '<@U0BOT> why is 10.0.1.5 rejected by 10.0.2.9:5432?',
      {
        command: 'why-rejected 10.0.2.9 --from 10.0.1.5 --port 5432 --protocol tcp',
        took: 'source 10.0.1.5, destination 10.0.2.9, port 5432, tcp',
      },
    ],
    [
      'used by the client',
      '<@U0BOT> 10.0.2.9 is called by 10.0.1.5 and times out',
      { command: 'why-rejected 10.0.2.9 --from 10.0.1.5', took: 'source 10.0.1.5, destination 10.0.2.9' },
    ],
    [
      'blocked by what may stand in between',
      '<@U0BOT> 10.0.1.5 is blocked by 10.0.2.9',
      { several: ['why-rejected 10.0.1.5', 'why-rejected 10.0.2.9'] },
    ],
    ...[
      '10.0.1.5 or 10.0.1.6 cannot reach 10.0.2.9 on port 5432',
      '10.0.1.5 (web) or host 10.0.1.6 cannot reach 10.0.2.9:5432',
      "10.0.1.5 can't reach 10.0.2.9:5432 and 10.0.1.6 can't either",
      "10.0.1.5 can't reach 10.0.2.9:5432, nor can 10.0.1.6",
    ].map((text): Row => [
      `two sources: ${text}`,
      `<@U0BOT> ${text}`,
      {
        several: [
          'why-rejected 10.0.2.9 --from 10.0.1.5 --port 5432 --protocol tcp',
          'why-rejected 10.0.2.9 --from 10.0.1.6 --port 5432 --protocol tcp',
        ],
      },
    ]),
    [
      'two complaints',
      "<@U0BOT> 10.0.1.5 can't reach 10.0.2.9 and 10.0.1.7 can't reach 10.0.3.3",
      { several: ['why-rejected 10.0.2.9 --from 10.0.1.5', 'why-rejected 10.0.3.3 --from 10.0.1.7'] },
    ],
    [
      'a complaint, and one who does not complain',
      "<@U0BOT> 10.0.1.5 can't reach 10.0.2.9 and 10.0.1.7 works fine",
      { command: 'why-rejected 10.0.2.9 --from 10.0.1.5', took: 'source 10.0.1.5, destination 10.0.2.9' },
    ],
    [
      'an interface alone',
      '<@U0BOT> eni-0a1b2c3d4e5f60718',
      { command: 'why-rejected eni-0a1b2c3d4e5f60718', took: 'network interface eni-0a1b2c3d4e5f60718' },
    ],
    [
      'an interface in a sentence',
      `<@U0BOT> hey, what's blocking \`eni-0a1b2c3d4e5f60718\`? :fire:`,
      { command: 'why-rejected eni-0a1b2c3d4e5f60718', took: 'network interface eni-0a1b2c3d4e5f60718' },
    ],
    [
      'an instance as the source',
      `<@U0BOT> i-0123456789abcdef0 can't reach 203.0.113.7 on 443`,
      {
        command: 'why-rejected i-0123456789abcdef0 --to 203.0.113.7 --port 443 --protocol tcp',
        took: 'source instance i-0123456789abcdef0, destination 203.0.113.7, port 443, tcp',
      },
    ],
    [
      'an instance to an address',
      '<@U0BOT> why does i-0123456789abcdef0 time out connecting to 10.0.2.9:3306',
      {
        command: 'why-rejected i-0123456789abcdef0 --to 10.0.2.9 --port 3306 --protocol tcp',
        took: 'source instance i-0123456789abcdef0, destination 10.0.2.9, port 3306, tcp',
      },
    ],
    [
      'two ids, which only a path holds',
      `<@U0BOT> why can't i-0123456789abcdef0 reach eni-0a1b2c3d4e5f60718 on tcp/443?`,
      {
        command: 'path i-0123456789abcdef0 eni-0a1b2c3d4e5f60718 tcp/443',
        took: 'source instance i-0123456789abcdef0, destination network interface eni-0a1b2c3d4e5f60718, port 443, tcp',
      },
    ],
    [
      'to the internet',
      '<@U0BOT> can i-0123456789abcdef0 reach the internet over https?',
      {
        command: 'path i-0123456789abcdef0 internet tcp/443',
        took: 'source instance i-0123456789abcdef0, destination internet, port 443 for https, tcp',
      },
    ],
    [
      'to a service of AWS',
      `<@U0BOT> why can't 10.0.1.5 reach s3?`,
      { command: 'path 10.0.1.5 s3', took: 'source 10.0.1.5, destination s3' },
    ],
    [
      'whether it could',
      '<@U0BOT> could 10.0.1.5 reach 10.0.2.9 on port 443?',
      { command: 'path 10.0.1.5 10.0.2.9 tcp/443', took: 'source 10.0.1.5, destination 10.0.2.9, port 443, tcp' },
    ],
    [
      'the word path',
      '<@U0BOT> path to 10.0.2.9:443 from 10.0.1.5',
      { command: 'path 10.0.1.5 10.0.2.9 tcp/443', took: 'source 10.0.1.5, destination 10.0.2.9, port 443, tcp' },
    ],
    [
      'ping',
      '<@U0BOT> ping 10.0.2.9 from 10.0.1.5 fails',
      {
        command: 'why-rejected 10.0.2.9 --from 10.0.1.5 --protocol icmp',
        took: 'source 10.0.1.5, destination 10.0.2.9, icmp',
      },
    ],
    [
      'a time that is told',
      '<@U0BOT> what was rejected at 10.0.2.9 in the last 3 hours?',
      {
        command: 'why-rejected 10.0.2.9 --since 2026-11-23T11:30:00Z',
        took: 'address 10.0.2.9, the time 2026-11-23 11:30:00Z to 14:30:00Z',
      },
    ],
    [
      'Slack makes a link of it',
      '<@U0BOT> curl <http://10.0.2.9:8080/x> hangs on <http://10.0.1.5|10.0.1.5>',
      { command: 'why-rejected 10.0.2.9 --port 8080', took: 'destination 10.0.2.9, port 8080' },
    ],
    [
      'IPv6 with brackets',
      `<@U0BOT> why can't 2001:db8:1::5 reach [2001:db8:2::9]:443?`,
      {
        command: 'why-rejected 2001:db8:2::9 --from 2001:db8:1::5 --port 443 --protocol tcp',
        took: 'source 2001:db8:1::5, destination 2001:db8:2::9, port 443, tcp',
      },
    ],
    [
      'both ends public, as IPv6 is',
      'from 2001:db8:1::5 to 2001:db8:2::9 port 22 no answer',
      {
        command: 'why-rejected 2001:db8:2::9 --from 2001:db8:1::5 --port 22 --protocol tcp',
        took: 'source 2001:db8:1::5, destination 2001:db8:2::9, port 22, tcp',
      },
    ],
    [
      'from outside',
      `<@U0BOT> 203.0.113.7 can't reach 10.0.2.9 over ssh`,
      {
        command: 'why-rejected 10.0.2.9 --from 203.0.113.7 --port 22 --protocol tcp',
        took: 'source 203.0.113.7, destination 10.0.2.9, port 22 for ssh, tcp',
      },
    ],
    [
      'terse',
      '<@U0BOT> 10.0.1.5 10.0.2.9:5432',
      {
        command: 'why-rejected 10.0.2.9 --from 10.0.1.5 --port 5432 --protocol tcp',
        took: 'source 10.0.1.5, destination 10.0.2.9, port 5432, tcp',
      },
    ],
    [
      'terse, the port apart',
      '<@U0BOT> 10.0.1.5 -> 10.0.2.9 5432',
      {
        command: 'why-rejected 10.0.2.9 --from 10.0.1.5 --port 5432 --protocol tcp',
        took: 'source 10.0.1.5, destination 10.0.2.9, port 5432, tcp',
      },
    ],
    [
      'terse, a service',
      '<@U0BOT> 10.0.2.9 ldap broken',
      { command: 'why-rejected 10.0.2.9 --port 389 --protocol tcp', took: 'address 10.0.2.9, port 389 for ldap, tcp' },
    ],
    [
      'in German',
      '<@U0BOT> warum komme ich von 10.0.1.5 nicht auf 10.0.2.9:5432?',
      {
        command: 'why-rejected 10.0.2.9 --from 10.0.1.5 --port 5432 --protocol tcp',
        took: 'source 10.0.1.5, destination 10.0.2.9, port 5432, tcp',
      },
    ],
    [
      'in German, the other way',
      '<@U0BOT> 10.0.2.9:5432 ist von 10.0.1.5 aus nicht erreichbar',
      {
        command: 'why-rejected 10.0.2.9 --from 10.0.1.5 --port 5432 --protocol tcp',
        took: 'source 10.0.1.5, destination 10.0.2.9, port 5432, tcp',
      },
    ],
    [
      'in German, terse',
      '<@U0BOT> 10.0.1.5 erreicht 10.0.2.9 nicht, Port 443',
      {
        command: 'why-rejected 10.0.2.9 --from 10.0.1.5 --port 443 --protocol tcp',
        took: 'source 10.0.1.5, destination 10.0.2.9, port 443, tcp',
      },
    ],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toEqual(expected);
  });
});

describe('already a command', () => {
  it.each<Row>([
    [
      'with options',
      '<@U0BOT> why-rejected eni-0a1b2c3d4e5f60718 --since 2h',
      { command: 'why-rejected eni-0a1b2c3d4e5f60718 --since 2h', took: '' },
    ],
    ['a path', '<@U0BOT> path 10.0.1.5 10.0.2.9 tcp/443', { command: 'path 10.0.1.5 10.0.2.9 tcp/443', took: '' }],
    [
      'an escaped arrow',
      '<@U0BOT> path 10.0.1.5 -&gt; 10.0.2.9 tcp/443',
      { command: 'path 10.0.1.5 -> 10.0.2.9 tcp/443', took: '' },
    ],
    ['help', '<@U0BOT> help', { command: 'help', took: '' }],
    ['audits', '<@U0BOT> audits', { command: 'audits', took: '' }],
    ['mistyped', '<@U0BOT> why-rejected eni-0a1b2c3d4e5f60718 --since 8d', { nothing: 'mistyped' }],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toEqual(expected);
  });
});

describe('tools', () => {
  it.each<Row>([
    [
      'curl',
      `curl: (28) Failed to connect to 10.0.2.9 port 8443 after 130001 ms: Couldn't connect to server`,
      { command: 'why-rejected 10.0.2.9 --port 8443', took: 'destination 10.0.2.9, port 8443' },
    ],
    [
      'curl, at length',
      `*   Trying 10.0.2.9:8443...
* connect to 10.0.2.9 port 8443 failed: Connection timed out
* Failed to connect to ledger.internal port 8443 after 130001 ms: Couldn't connect to server`,
      { command: 'why-rejected 10.0.2.9 --port 8443', took: 'destination 10.0.2.9, port 8443' },
    ],
    [
      'curl, two addresses of one name',
      `*   Trying 10.0.2.9:443...
* connect to 10.0.2.9 port 443 failed: Connection timed out
*   Trying 10.0.3.9:443...
* connect to 10.0.3.9 port 443 failed: Connection timed out`,
      {
        several: ['why-rejected 10.0.2.9 --port 443 --protocol tcp', 'why-rejected 10.0.3.9 --port 443 --protocol tcp'],
      },
    ],
    [
      'curl with a URL',
      `$ curl -sv -m 5 https://10.0.2.9/health
curl: (28) Connection timed out after 5001 milliseconds`,
      {
        command: 'why-rejected 10.0.2.9 --port 443 --protocol tcp',
        took: 'destination 10.0.2.9, port 443 for https, tcp',
      },
    ],
    [
      'psql',
      `psql: error: connection to server at "ledger.internal" (10.0.2.9), port 5432 failed: Connection timed out
	Is the server running on that host and accepting TCP/IP connections?`,
      { command: 'why-rejected 10.0.2.9 --port 5432 --protocol tcp', took: 'destination 10.0.2.9, port 5432, tcp' },
    ],
    [
      'psql as it was called',
      '```psql -h 10.0.2.9 -p 5433 -U app ledger```',
      { command: 'why-rejected 10.0.2.9 --port 5433', took: 'destination 10.0.2.9, port 5433' },
    ],
    [
      'redis-cli',
      `$ redis-cli -h 10.0.2.9 -p 6380 ping
Could not connect to Redis at 10.0.2.9:6380: Connection timed out`,
      { command: 'why-rejected 10.0.2.9 --port 6380', took: 'destination 10.0.2.9, port 6380' },
    ],
    [
      'redis-cli without a port',
      'redis-cli -h 10.0.2.9 info',
      {
        command: 'why-rejected 10.0.2.9 --port 6379 --protocol tcp',
        took: 'destination 10.0.2.9, port 6379 for redis-cli, tcp',
      },
    ],
    [
      'nc',
      `$ nc -zvw3 10.0.2.9 5432
nc: connect to 10.0.2.9 port 5432 (tcp) timed out: Operation now in progress`,
      { command: 'why-rejected 10.0.2.9 --port 5432 --protocol tcp', took: 'destination 10.0.2.9, port 5432, tcp' },
    ],
    [
      'telnet',
      `telnet 10.0.2.9 25
Trying 10.0.2.9...
telnet: connect to address 10.0.2.9: Connection timed out`,
      { command: 'why-rejected 10.0.2.9 --port 25 --protocol tcp', took: 'destination 10.0.2.9, port 25, tcp' },
    ],
    [
      'ssh',
      'ssh: connect to host 10.0.2.9 port 22: Connection timed out',
      { command: 'why-rejected 10.0.2.9 --port 22 --protocol tcp', took: 'destination 10.0.2.9, port 22, tcp' },
    ],
    [
      'mysql',
      `ERROR 2003 (HY000): Can't connect to MySQL server on '10.0.2.9:3306' (110)`,
      { command: 'why-rejected 10.0.2.9 --port 3306 --protocol tcp', took: 'destination 10.0.2.9, port 3306, tcp' },
    ],
    [
      'tcpdump',
      '14:03:10.123456 IP 10.0.1.5.43210 > 10.0.2.9.5432: Flags [S], seq 123, win 64240, length 0',
      {
        command: 'why-rejected 10.0.2.9 --from 10.0.1.5 --port 5432 --protocol tcp',
        took: 'source 10.0.1.5, destination 10.0.2.9, port 5432, tcp',
      },
    ],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toEqual(expected);
  });
});

describe('programs', () => {
  it.each<Row>([
    [
      'Go',
      '2026/11/23 14:03:10 ledger: dial tcp 10.0.2.9:5432: i/o timeout',
      { command: 'why-rejected 10.0.2.9 --port 5432 --protocol tcp', took: 'destination 10.0.2.9, port 5432, tcp' },
    ],
    [
      'Go with its own end',
      'read tcp 10.0.1.5:43210->10.0.2.9:5432: read: connection reset by peer',
      {
        command: 'why-rejected 10.0.2.9 --from 10.0.1.5 --port 5432 --protocol tcp',
        took: 'source 10.0.1.5, destination 10.0.2.9, port 5432, tcp',
      },
    ],
    [
      'Go as the server',
      'write tcp 10.0.2.9:5432->10.0.1.5:43210: write: broken pipe',
      {
        command: 'why-rejected 10.0.2.9 --from 10.0.1.5 --port 5432 --protocol tcp',
        took: 'source 10.0.1.5, destination 10.0.2.9, port 5432, tcp',
      },
    ],
    [
      'Go and a resolver',
      'dial tcp: lookup ledger.internal on 10.0.0.2:53: read udp 10.0.1.5:43210->10.0.0.2:53: i/o timeout',
      {
        command: 'why-rejected 10.0.0.2 --from 10.0.1.5 --port 53',
        took: 'source 10.0.1.5, destination 10.0.0.2, port 53',
      },
    ],
    [
      'Java',
      `java.net.ConnectException: Connection timed out: ledger.internal/10.0.2.9:5432
	at java.base/sun.nio.ch.Net.pollConnect(Native Method) ~[na:17.0.9]
	at com.example.Ledger.open(Ledger.java:42)`,
      { command: 'why-rejected 10.0.2.9 --port 5432 --protocol tcp', took: 'address 10.0.2.9, port 5432, tcp' },
    ],
    [
      'Java, Netty',
      'io.netty.channel.ConnectTimeoutException: connection timed out: /10.0.2.9:6379',
      { command: 'why-rejected 10.0.2.9 --port 6379 --protocol tcp', took: 'address 10.0.2.9, port 6379, tcp' },
    ],
    [
      'JDBC',
      'org.postgresql.util.PSQLException: Connection to 10.0.2.9:5432 refused. Check that the hostname and port are correct and that the postmaster is accepting TCP/IP connections.',
      { command: 'why-rejected 10.0.2.9 --port 5432 --protocol tcp', took: 'destination 10.0.2.9, port 5432, tcp' },
    ],
    [
      'a JDBC URL',
      'HikariPool-1 - could not connect to jdbc:postgresql://app:s3cr3t@10.0.2.9:5432/ledger?sslmode=require',
      { command: 'why-rejected 10.0.2.9 --port 5432 --protocol tcp', took: 'destination 10.0.2.9, port 5432, tcp' },
    ],
    [
      'Node',
      `Error: connect ETIMEDOUT 10.0.2.9:5432
    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1595:16) {
  errno: -110, code: 'ETIMEDOUT', syscall: 'connect', address: '10.0.2.9', port: 5432
}`,
      { command: 'why-rejected 10.0.2.9 --port 5432 --protocol tcp', took: 'destination 10.0.2.9, port 5432, tcp' },
    ],
    [
      'Node, IPv6 without brackets',
      'Error: connect ETIMEDOUT 2001:db8:2::9:5432',
      {
        command: 'why-rejected 2001:db8:2::9 --port 5432 --protocol tcp',
        took: 'destination 2001:db8:2::9, port 5432, tcp',
      },
    ],
    [
      'Node, IPv4 in IPv6',
      'Error: connect ECONNREFUSED ::ffff:10.0.2.9:5432',
      { command: 'why-rejected 10.0.2.9 --port 5432 --protocol tcp', took: 'destination 10.0.2.9, port 5432, tcp' },
    ],
    [
      'Python, asyncio',
      `OSError: Multiple exceptions: [Errno 110] Connect call failed ('10.0.2.9', 5432)`,
      { command: 'why-rejected 10.0.2.9 --port 5432 --protocol tcp', took: 'address 10.0.2.9, port 5432, tcp' },
    ],
    [
      'Python, requests',
      `HTTPConnectionPool(host='10.0.2.9', port=8080): Max retries exceeded with url: /health (Caused by NewConnectionError('<urllib3.connection.HTTPConnection object at 0x7f3a>: Failed to establish a new connection: [Errno 110] Connection timed out'))`,
      { command: 'why-rejected 10.0.2.9 --port 8080', took: 'address 10.0.2.9, port 8080' },
    ],
    [
      'Python, redis',
      'redis.exceptions.ConnectionError: Error 110 connecting to 10.0.2.9:6379. Connection timed out.',
      { command: 'why-rejected 10.0.2.9 --port 6379 --protocol tcp', took: 'destination 10.0.2.9, port 6379, tcp' },
    ],
    [
      'gRPC',
      'rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial tcp [2001:db8:2::9]:50051: connect: connection timed out"',
      {
        command: 'why-rejected 2001:db8:2::9 --port 50051 --protocol tcp',
        took: 'destination 2001:db8:2::9, port 50051, tcp',
      },
    ],
    [
      'nginx: the client is not who connects',
      '2026/11/23 14:03:10 [error] 29#29: *1 upstream timed out (110: Connection timed out) while connecting to upstream, client: 203.0.113.7, server: _, request: "GET / HTTP/1.1", upstream: "http://10.0.2.9:8080/", host: "shop.example.com"',
      { command: 'why-rejected 10.0.2.9 --port 8080', took: 'destination 10.0.2.9, port 8080' },
    ],
    [
      'a firewall of the host',
      'Nov 23 14:03:10 ip-10-0-1-5 kernel: [UFW BLOCK] IN=eth0 OUT= MAC=0a:1b:2c:3d:4e:5f:0a:1b:2c:3d:4e:60:08:00 SRC=10.0.1.5 DST=10.0.2.9 LEN=60 TTL=63 PROTO=TCP SPT=49152 DPT=5432 SYN',
      {
        command: 'why-rejected 10.0.2.9 --from 10.0.1.5 --port 5432 --protocol tcp',
        took: 'source 10.0.1.5, destination 10.0.2.9, port 5432, tcp',
      },
    ],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toEqual(expected);
  });
});

describe('alerts', () => {
  it.each<Row>([
    [
      'CloudWatch',
      '{"AlarmName":"payments-db-rejects","AWSAccountId":"123456789012","NewStateReason":"Threshold Crossed: 1 datapoint [12.0 (23/11/26 14:03:00)] was greater than the threshold (5.0).","Region":"EU (Ireland)","Trigger":{"Dimensions":[{"name":"InstanceId","value":"i-0123456789abcdef0"}]}}',
      { command: 'why-rejected i-0123456789abcdef0', took: 'instance i-0123456789abcdef0' },
    ],
    [
      'CloudWatch in Slack',
      '*ALARM:* "web-status-check" in EU (Ireland) <https://console.aws.amazon.com/ec2/home?region=eu-west-1#InstanceDetails:instanceId=i-0123456789abcdef0|i-0123456789abcdef0> StatusCheckFailed &gt;= 1.0',
      { command: 'why-rejected i-0123456789abcdef0', took: 'instance i-0123456789abcdef0' },
    ],
    [
      'Prometheus',
      '[FIRING:1] PostgresDown (instance="10.0.2.9:9187", job="postgres-exporter", severity="critical")',
      { command: 'why-rejected 10.0.2.9 --port 9187', took: 'address 10.0.2.9, port 9187' },
    ],
    [
      'Alertmanager, two targets',
      `[FIRING:2] TargetDown
• instance=10.0.1.5:9100 job=node
• instance=10.0.1.6:9100 job=node`,
      { several: ['why-rejected 10.0.1.5 --port 9100', 'why-rejected 10.0.1.6 --port 9100'] },
    ],
    [
      'PagerDuty',
      `[#4711] TRIGGERED: ledger-api cannot reach its database
Details: dial tcp 10.0.2.9:5432: connect: connection timed out
Service: ledger | Urgency: high | <https://example.pagerduty.com/incidents/Q1A2B3C4D5E6F7|View>`,
      { command: 'why-rejected 10.0.2.9 --port 5432 --protocol tcp', took: 'destination 10.0.2.9, port 5432, tcp' },
    ],
    [
      'Grafana',
      `*[Alerting] Blackbox probe failed* Value: [ var='A' labels={instance=https://10.0.2.9:8443/health, job=blackbox} value=0 ]`,
      { command: 'why-rejected 10.0.2.9 --port 8443', took: 'address 10.0.2.9, port 8443' },
    ],
    [
      'Datadog',
      '[Triggered on {host:i-0123456789abcdef0,env:prod}] TCP check ledger is failing. Error: 10.0.2.9:5432 timed out',
      {
        several: [
          'why-rejected i-0123456789abcdef0 --protocol tcp',
          'why-rejected 10.0.2.9 --port 5432 --protocol tcp',
        ],
      },
    ],
    [
      'fields, one a line',
      `*Source:* 10.0.1.5
*Destination:* 10.0.2.9
*Port:* 5432`,
      {
        command: 'why-rejected 10.0.2.9 --from 10.0.1.5 --port 5432 --protocol tcp',
        took: 'source 10.0.1.5, destination 10.0.2.9, port 5432, tcp',
      },
    ],
    [
      'with a time long past',
      '2026-11-23T10:03:10.123Z ERROR dial tcp 10.0.2.9:5432: connect: connection timed out',
      {
        command:
          'why-rejected 10.0.2.9 --port 5432 --protocol tcp --since 2026-11-23T09:48:10Z --until 2026-11-23T10:18:10Z',
        took: 'destination 10.0.2.9, port 5432, tcp, the time 2026-11-23 09:48:10Z to 10:18:10Z',
      },
    ],
    [
      'with a time in another zone',
      '{"ts":"2026-11-23T11:03:10+01:00","msg":"connect ETIMEDOUT 10.0.2.9:5432"}',
      {
        command:
          'why-rejected 10.0.2.9 --port 5432 --protocol tcp --since 2026-11-23T09:48:10Z --until 2026-11-23T10:18:10Z',
        took: 'destination 10.0.2.9, port 5432, tcp, the time 2026-11-23 09:48:10Z to 10:18:10Z',
      },
    ],
    [
      'with a time that has no zone',
      '2026-11-23 10:03:10 ERROR dial tcp 10.0.2.9:5432: connect: connection timed out',
      { command: 'why-rejected 10.0.2.9 --port 5432 --protocol tcp', took: 'destination 10.0.2.9, port 5432, tcp' },
    ],
    [
      'Kubernetes, a probe',
      'Warning  Unhealthy  12s (x3 over 32s)  kubelet  Readiness probe failed: Get "http://10.0.1.5:8080/healthz": dial tcp 10.0.1.5:8080: connect: connection refused',
      { command: 'why-rejected 10.0.1.5 --port 8080 --protocol tcp', took: 'destination 10.0.1.5, port 8080, tcp' },
    ],
    [
      'Kubernetes, a node',
      'Warning  FailedMount  kubelet  MountVolume.SetUp failed for volume "efs": mount.nfs4: Connection timed out connecting to 10.0.2.9 (nfs)',
      {
        command: 'why-rejected 10.0.2.9 --port 2049 --protocol tcp',
        took: 'destination 10.0.2.9, port 2049 for efs, tcp',
      },
    ],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toEqual(expected);
  });
});

describe('flow log lines', () => {
  it.each<Row>([
    [
      'the default format, both ends private',
      '2 123456789012 eni-0a1b2c3d4e5f60718 10.0.1.5 10.0.2.9 49152 5432 6 3 180 1795443000 1795443060 REJECT OK',
      {
        command:
          'why-rejected eni-0a1b2c3d4e5f60718 --port 5432 --protocol tcp --since 2026-11-23T13:55:00Z --until 2026-11-23T14:26:00Z',
        took: 'the flow log line, network interface eni-0a1b2c3d4e5f60718, port 5432, tcp, the time 2026-11-23 13:55:00Z to 14:26:00Z',
      },
    ],
    [
      'from outside',
      '2 123456789012 eni-0a1b2c3d4e5f60718 203.0.113.7 10.0.2.9 49152 22 6 3 180 1795443000 1795443060 REJECT OK',
      {
        command:
          'why-rejected eni-0a1b2c3d4e5f60718 --from 203.0.113.7 --port 22 --protocol tcp --since 2026-11-23T13:55:00Z --until 2026-11-23T14:26:00Z',
        took: 'the flow log line, source 203.0.113.7, destination network interface eni-0a1b2c3d4e5f60718, port 22, tcp, the time 2026-11-23 13:55:00Z to 14:26:00Z',
      },
    ],
    [
      'to the outside',
      '2 123456789012 eni-0a1b2c3d4e5f60718 10.0.1.5 203.0.113.7 49152 443 6 3 180 1795443000 1795443060 REJECT OK',
      {
        command:
          'why-rejected eni-0a1b2c3d4e5f60718 --to 203.0.113.7 --port 443 --protocol tcp --since 2026-11-23T13:55:00Z --until 2026-11-23T14:26:00Z',
        took: 'the flow log line, source network interface eni-0a1b2c3d4e5f60718, destination 203.0.113.7, port 443, tcp, the time 2026-11-23 13:55:00Z to 14:26:00Z',
      },
    ],
    [
      'behind a time of the console, in a fence',
      '```2026-11-23T14:10:00.000Z 2 123456789012 eni-0a1b2c3d4e5f60718 10.0.1.5 10.0.2.9 49152 5432 6 3 180 1795443000 1795443060 REJECT OK```',
      {
        command:
          'why-rejected eni-0a1b2c3d4e5f60718 --port 5432 --protocol tcp --since 2026-11-23T13:55:00Z --until 2026-11-23T14:26:00Z',
        took: 'the flow log line, network interface eni-0a1b2c3d4e5f60718, port 5432, tcp, the time 2026-11-23 13:55:00Z to 14:26:00Z',
      },
    ],
    [
      'ports that tell nothing',
      '2 123456789012 eni-0a1b2c3d4e5f60718 10.0.1.5 10.0.2.9 41000 42000 17 3 180 1795443000 1795443060 REJECT OK',
      {
        command:
          'why-rejected eni-0a1b2c3d4e5f60718 --protocol udp --since 2026-11-23T13:55:00Z --until 2026-11-23T14:26:00Z',
        took: 'the flow log line, network interface eni-0a1b2c3d4e5f60718, udp, the time 2026-11-23 13:55:00Z to 14:26:00Z',
      },
    ],
    [
      'ICMP',
      '2 123456789012 eni-0a1b2c3d4e5f60718 10.0.1.5 10.0.2.9 0 0 1 3 180 1795443000 1795443060 REJECT OK',
      {
        command:
          'why-rejected eni-0a1b2c3d4e5f60718 --protocol icmp --since 2026-11-23T13:55:00Z --until 2026-11-23T14:26:00Z',
        took: 'the flow log line, network interface eni-0a1b2c3d4e5f60718, icmp, the time 2026-11-23 13:55:00Z to 14:26:00Z',
      },
    ],
    [
      'no data',
      '2 123456789012 eni-0a1b2c3d4e5f60718 - - - - - - - 1795443000 1795443060 - NODATA',
      {
        command: 'why-rejected eni-0a1b2c3d4e5f60718 --since 2026-11-23T13:55:00Z --until 2026-11-23T14:26:00Z',
        took: 'the flow log line, network interface eni-0a1b2c3d4e5f60718, the time 2026-11-23 13:55:00Z to 14:26:00Z',
      },
    ],
    [
      'more fields behind, and the direction',
      '8 123456789012 eni-0a1b2c3d4e5f60718 10.0.1.5 10.0.2.9 49152 5432 6 3 180 1795443000 1795443060 REJECT OK vpc-0a1b2c3d4e5f60718 subnet-0a1b2c3d4e5f60718 i-0123456789abcdef0 2 IPv4 10.0.1.5 10.0.2.9 euw1-az1 - - ingress - -',
      {
        command:
          'why-rejected eni-0a1b2c3d4e5f60718 --from 10.0.1.5 --port 5432 --protocol tcp --since 2026-11-23T13:55:00Z --until 2026-11-23T14:26:00Z',
        took: 'the flow log line, source 10.0.1.5, destination network interface eni-0a1b2c3d4e5f60718, port 5432, tcp, the time 2026-11-23 13:55:00Z to 14:26:00Z',
      },
    ],
    [
      'another order, with its header',
      `interface-id dstaddr srcaddr dstport srcport protocol start end action flow-direction
eni-0a1b2c3d4e5f60718 10.0.2.9 10.0.1.5 5432 49152 6 1795443000 1795443060 REJECT egress`,
      {
        command:
          'why-rejected eni-0a1b2c3d4e5f60718 --to 10.0.2.9 --port 5432 --protocol tcp --since 2026-11-23T13:55:00Z --until 2026-11-23T14:26:00Z',
        took: 'the flow log line, source network interface eni-0a1b2c3d4e5f60718, destination 10.0.2.9, port 5432, tcp, the time 2026-11-23 13:55:00Z to 14:26:00Z',
      },
    ],
    [
      'another order, without',
      'REJECT 10.0.2.9 10.0.1.5 eni-0a1b2c3d4e5f60718 5432 49152 6 1795443000 1795443060',
      {
        command: 'why-rejected eni-0a1b2c3d4e5f60718 --since 2026-11-23T13:55:00Z --until 2026-11-23T14:26:00Z',
        took: 'the flow log line, network interface eni-0a1b2c3d4e5f60718, the time 2026-11-23 13:55:00Z to 14:26:00Z',
      },
    ],
    [
      'JSON',
      '{"version":"2","accountId":"123456789012","interfaceId":"eni-0a1b2c3d4e5f60718","srcAddr":"203.0.113.7","dstAddr":"10.0.2.9","srcPort":"49152","dstPort":"5432","protocol":"6","start":"1795443000","end":"1795443060","action":"REJECT"}',
      {
        command:
          'why-rejected eni-0a1b2c3d4e5f60718 --from 203.0.113.7 --port 5432 --protocol tcp --since 2026-11-23T13:55:00Z --until 2026-11-23T14:26:00Z',
        took: 'the flow log line, source 203.0.113.7, destination network interface eni-0a1b2c3d4e5f60718, port 5432, tcp, the time 2026-11-23 13:55:00Z to 14:26:00Z',
      },
    ],
    [
      'key=value',
      'interface_id=eni-0a1b2c3d4e5f60718 srcaddr=10.0.1.5 dstaddr=10.0.2.9 srcport=49152 dstport=5432 protocol=TCP start=1795443000 end=1795443060 action=REJECT flow_direction=egress',
      {
        command:
          'why-rejected eni-0a1b2c3d4e5f60718 --to 10.0.2.9 --port 5432 --protocol tcp --since 2026-11-23T13:55:00Z --until 2026-11-23T14:26:00Z',
        took: 'the flow log line, source network interface eni-0a1b2c3d4e5f60718, destination 10.0.2.9, port 5432, tcp, the time 2026-11-23 13:55:00Z to 14:26:00Z',
      },
    ],
    [
      'rejects among accepts',
      `2 123456789012 eni-0a1b2c3d4e5f60718 203.0.113.7 10.0.2.9 49152 443 6 3 180 1795443000 1795443060 ACCEPT OK
2 123456789012 eni-0a1b2c3d4e5f60718 203.0.113.8 10.0.2.9 49153 22 6 3 180 1795443100 1795443160 REJECT OK
2 123456789012 eni-0a1b2c3d4e5f60718 203.0.113.8 10.0.2.9 49154 22 6 3 180 1795443200 1795443260 REJECT OK`,
      {
        command:
          'why-rejected eni-0a1b2c3d4e5f60718 --from 203.0.113.8 --port 22 --protocol tcp --since 2026-11-23T13:56:40Z --until 2026-11-23T14:29:20Z',
        took: 'the flow log line, source 203.0.113.8, destination network interface eni-0a1b2c3d4e5f60718, port 22, tcp, the time 2026-11-23 13:56:40Z to 14:29:20Z',
      },
    ],
    [
      'two flows',
      `2 123456789012 eni-0a1b2c3d4e5f60718 203.0.113.7 10.0.2.9 49152 22 6 3 180 1795443000 1795443060 REJECT OK
2 123456789012 eni-0b1b2c3d4e5f60718 10.0.2.9 203.0.113.9 49152 443 6 3 180 1795443000 1795443060 REJECT OK`,
      {
        several: [
          'why-rejected eni-0a1b2c3d4e5f60718 --from 203.0.113.7 --port 22 --protocol tcp --since 2026-11-23T13:55:00Z --until 2026-11-23T14:26:00Z',
          'why-rejected eni-0b1b2c3d4e5f60718 --to 203.0.113.9 --port 443 --protocol tcp --since 2026-11-23T13:55:00Z --until 2026-11-23T14:26:00Z',
        ],
      },
    ],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toEqual(expected);
  });
});

describe('cannot be told apart', () => {
  it.each<Row>([
    [
      'no direction',
      'traffic between 10.0.1.5 and 10.0.2.9 port 5432 is dropped',
      {
        several: [
          'why-rejected 10.0.2.9 --from 10.0.1.5 --port 5432 --protocol tcp',
          'why-rejected 10.0.1.5 --from 10.0.2.9 --port 5432 --protocol tcp',
        ],
      },
    ],
    [
      'a list',
      '10.0.1.5, 10.0.1.6 and 10.0.1.7 are unhealthy',
      { several: ['why-rejected 10.0.1.5', 'why-rejected 10.0.1.6', 'why-rejected 10.0.1.7'] },
    ],
    [
      'two ports',
      `why can't 10.0.1.5 reach 10.0.2.9 on ports 80 and 443?`,
      {
        several: [
          'why-rejected 10.0.2.9 --from 10.0.1.5 --port 80 --protocol tcp',
          'why-rejected 10.0.2.9 --from 10.0.1.5 --port 443 --protocol tcp',
        ],
      },
    ],
    [
      'an interface and an instance',
      'i-0123456789abcdef0 / eni-0a1b2c3d4e5f60718 has no network',
      { several: ['why-rejected i-0123456789abcdef0', 'why-rejected eni-0a1b2c3d4e5f60718'] },
    ],
    [
      'what works is not meant',
      'nc 10.0.3.3 6379 works. But dial tcp 10.0.2.9:5432: i/o timeout',
      { command: 'why-rejected 10.0.2.9 --port 5432 --protocol tcp', took: 'destination 10.0.2.9, port 5432, tcp' },
    ],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toEqual(expected);
  });
});

describe('nothing to take', () => {
  it.each<Row>([
    ['the mention alone', '<@U0BOT>', NOTHING],
    ['small talk', '<@U0BOT> can somebody look at this please?', NOTHING],
    ['a name', `<@U0BOT> why can't we reach ledger.internal:5432?`, { nothing: 'ledger.internal' }],
    [
      'a name from an address',
      `<@U0BOT> why can't 10.0.1.5 reach ledger.internal:5432?`,
      {
        command: 'why-rejected 10.0.1.5 --port 5432 --protocol tcp',
        took: `source 10.0.1.5, not ledger.internal, for I can't look up names, port 5432, tcp`,
      },
    ],
    [
      'a name beside the address of whoever logs it',
      '[10.0.9.9] ERROR failed to connect to ledger.internal:5432',
      { nothing: 'ledger.internal' },
    ],
    ['blocks', `10.0.0.0/16 can't reach 10.1.0.0/16`, NOTHING],
    ['a version', 'upgraded coredns from 1.9.3.1 to 1.9.4.2, chart version 10.0.1.5, image nginx:1.25.3.1', NOTHING],
    ['versions with something behind', 'v10.0.1.5 and 10.0.1.5-beta are out', NOTHING],
    [
      'a browser',
      '203.0.113.7 - - [23/Nov/2026:14:03:10 +0000] "GET / HTTP/1.1" 504 167 "-" "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36"',
      NOTHING,
    ],
    ['what listens', 'listen tcp 10.0.1.5:8080: bind: address already in use', NOTHING],
    [
      'loopback',
      'connect ECONNREFUSED 127.0.0.1:5432, connect ECONNREFUSED ::1:5432, Listening on 0.0.0.0:8080',
      NOTHING,
    ],
    ['metadata', 'Get "http://169.254.169.254/latest/meta-data/": context deadline exceeded', NOTHING],
    [
      'ids of other kinds',
      'request 3f2b1c9e-10d4-4b52-9c01-4b529c014b52 in account 123456789012 on sg-0a1b2c3d4e5f60718, mac 02:42:ac:11:00:02, at 14:03:10',
      NOTHING,
    ],
    ['an id that is cut off', 'eni-0a1b2c3d4… is down', NOTHING],
    ['a hardware address of eight groups', 'port GUID 02:42:ac:ff:fe:11:00:02 at line 20:01:0d:b8', NOTHING],
    ['a failed login', 'Failed password for root from 203.0.113.7 port 51234 ssh2', NOTHING],
    ['a mask', 'inet 10.0.1.0/24 netmask 255.255.255.0 broadcast 10.0.1.255', NOTHING],
    ['a place in a program', 'at Object.<anonymous> (/srv/app/index.js:10:5) Ledger.java:5432 main.go:443', NOTHING],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toEqual(expected);
  });
});

describe('traps', () => {
  it.each<Row>([
    [
      'an answer comes from the destination',
      '10.0.1.5 got no reply from 10.0.2.9',
      { several: ['why-rejected 10.0.1.5', 'why-rejected 10.0.2.9'] },
    ],
    ['nobody connects in a move', 'we moved the db from 10.0.1.5 to 10.0.2.9 yesterday and now nothing works', NOTHING],
    [
      'whoever reports is not an end',
      `Node 10.0.9.9 reports: 10.0.1.5 can't reach 10.0.2.9`,
      { command: 'why-rejected 10.0.2.9 --from 10.0.1.5', took: 'source 10.0.1.5, destination 10.0.2.9' },
    ],
    [
      'what can be reached is not asked about',
      '10.0.1.5 can reach 10.0.2.9 but not 10.0.3.3',
      { command: 'why-rejected 10.0.3.3', took: 'address 10.0.3.3' },
    ],
    [
      'two destinations',
      `10.0.1.5 can't reach 10.0.2.9 or 10.0.3.3`,
      { several: ['why-rejected 10.0.2.9 --from 10.0.1.5', 'why-rejected 10.0.3.3 --from 10.0.1.5'] },
    ],
    [
      'three sources',
      `10.0.1.5, 10.0.1.6 and 10.0.1.7 can't reach 10.0.2.9:443`,
      {
        several: [
          'why-rejected 10.0.2.9 --from 10.0.1.5 --port 443 --protocol tcp',
          'why-rejected 10.0.2.9 --from 10.0.1.6 --port 443 --protocol tcp',
          'why-rejected 10.0.2.9 --from 10.0.1.7 --port 443 --protocol tcp',
        ],
      },
    ],
    [
      'three in a row',
      '10.0.1.5 → 10.0.2.9 → 10.0.3.3',
      { several: ['why-rejected 10.0.2.9 --from 10.0.1.5', 'why-rejected 10.0.3.3 --from 10.0.2.9'] },
    ],
    [
      'a connection table, as the client',
      'tcp        0      1 10.0.1.5:43210          10.0.2.9:5432           SYN_SENT',
      {
        command: 'why-rejected 10.0.2.9 --from 10.0.1.5 --port 5432 --protocol tcp',
        took: 'source 10.0.1.5, destination 10.0.2.9, port 5432, tcp',
      },
    ],
    [
      'a connection table, as the server',
      'ESTAB 0 0 10.0.1.5:22 203.0.113.7:51234',
      {
        command: 'why-rejected 10.0.1.5 --from 203.0.113.7 --port 22 --protocol tcp',
        took: 'source 203.0.113.7, destination 10.0.1.5, port 22, tcp',
      },
    ],
    [
      `a service's name that belongs to another end`,
      `ip 10.0.1.5, dns 10.0.0.2: can't reach 10.0.2.9`,
      { command: 'why-rejected 10.0.2.9', took: 'destination 10.0.2.9' },
    ],
    [
      'a sender beside a target',
      'Target 10.0.1.5:8080 in target group is unhealthy. Health checks from 10.0.3.7 time out',
      { command: 'why-rejected 10.0.1.5 --port 8080', took: 'destination 10.0.1.5, port 8080' },
    ],
    ['IPv6 whose end may be a port', `why can't we reach 2001:db8:2::9:443`, NOTHING],
    [
      'a source port',
      'dst port 5432 src port 49152 from 10.0.1.5 to 10.0.2.9',
      {
        command: 'why-rejected 10.0.2.9 --from 10.0.1.5 --port 5432 --protocol tcp',
        took: 'source 10.0.1.5, destination 10.0.2.9, port 5432, tcp',
      },
    ],
    ['one end twice', 'from 10.0.1.5 to 10.0.1.5', { command: 'why-rejected 10.0.1.5', took: 'destination 10.0.1.5' }],
    [
      'two families',
      '10.0.1.5 to 2001:db8:2::9',
      { command: 'why-rejected 2001:db8:2::9', took: 'destination 2001:db8:2::9' },
    ],
    [
      'ids behind addresses',
      `10.0.1.5 (i-0123456789abcdef0) can't reach 10.0.2.9 (i-0fedcba9876543210) on 3306`,
      {
        command: 'why-rejected i-0123456789abcdef0 --to 10.0.2.9 --port 3306 --protocol tcp',
        took: 'source instance i-0123456789abcdef0, destination 10.0.2.9, port 3306, tcp',
      },
    ],
    [
      'from the internet',
      `why can't 10.0.1.5:443 be reached from the internet?`,
      { command: 'path internet 10.0.1.5 tcp/443', took: 'source internet, destination 10.0.1.5, port 443, tcp' },
    ],
    [
      'probed',
      'GuardDuty: EC2 instance i-0123456789abcdef0 is being probed on port 22 by 198.51.100.7',
      {
        command: 'why-rejected i-0123456789abcdef0 --from 198.51.100.7 --port 22 --protocol tcp',
        took: 'source 198.51.100.7, destination instance i-0123456789abcdef0, port 22, tcp',
      },
    ],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toEqual(expected);
  });
});
