import { TCP, UDP, type Protocol } from '../../net/protocol.ts';
import { wordSet } from './word-set.ts';

export interface Service {
  readonly port: number;
  /** Absent where it is spoken over both. */
  readonly protocol?: Protocol;
}

/** Ports that go by a name: https://www.iana.org/assignments/service-names-port-numbers, and Redis, MongoDB and Kafka by their manuals. */
export const SERVICES: ReadonlyMap<string, Service> = new Map<string, Service>([
  ...over(TCP, 5432, 'postgres', 'postgresql', 'psql', 'pg_isready', 'pgsql'),
  ...over(TCP, 3306, 'mysql', 'mariadb', 'mysqladmin'),
  ...over(TCP, 1433, 'mssql', 'sqlserver', 'sqlcmd'),
  ...over(TCP, 1521, 'oracle'),
  ...over(TCP, 6379, 'redis', 'redis-cli', 'rediss'),
  ...over(TCP, 11_211, 'memcached'),
  ...over(TCP, 27_017, 'mongodb', 'mongo', 'mongosh'),
  ...over(TCP, 9042, 'cassandra', 'cqlsh'),
  ...over(TCP, 9092, 'kafka'),
  ...over(TCP, 5672, 'amqp', 'rabbitmq'),
  ...over(TCP, 5671, 'amqps'),
  ...over(TCP, 9200, 'elasticsearch', 'opensearch'),
  ...over(TCP, 2049, 'nfs', 'efs'),
  ...over(TCP, 445, 'smb'),
  ...over(TCP, 443, 'https', 'wss'),
  ...over(TCP, 80, 'http', 'ws', 'curl', 'wget'),
  ...over(TCP, 22, 'ssh', 'sftp', 'scp'),
  ...over(TCP, 3389, 'rdp'),
  ...over(TCP, 5985, 'winrm'),
  ...over(TCP, 25, 'smtp'),
  ...over(TCP, 587, 'submission'),
  ...over(TCP, 993, 'imaps'),
  ...over(TCP, 389, 'ldap'),
  ...over(TCP, 636, 'ldaps'),
  ...over(UDP, 123, 'ntp'),
  ...over(UDP, 514, 'syslog'),
  ['dns', { port: 53 }],
  ['dig', { port: 53 }],
  ['kerberos', { port: 88 }],
]);

function over(protocol: Protocol, port: number, ...names: readonly string[]): readonly [string, Service][] {
  return names.map((name) => [name, { port, protocol }]);
}

/** What these ports are spoken over, where there is one answer. */
export const PROTOCOL_OF: ReadonlyMap<number, Protocol> = new Map(
  [...SERVICES.values()].flatMap(({ port, protocol }) => (protocol === undefined ? [] : [[port, protocol] as const])),
);

/** Programs whose argument is the end they connect to. */
export const TOOLS = wordSet(
  'nc ncat netcat telnet curl wget psql pg_isready mysql redis-cli mongosh ssh scp sftp ping ping6',
  'traceroute mtr nmap dig tcping tnc cqlsh sqlcmd',
);

/** Their port stands bare behind the address. */
export const BARE_PORT_TOOLS = wordSet('nc ncat netcat telnet tcping');

/** Their `-p` or `-P` is the port of the other side; that of `nc` is its own. */
export const DASH_P_TOOLS = wordSet('psql pg_isready mysql redis-cli mongosh ssh nmap');
