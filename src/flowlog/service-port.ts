/**
 * Which of two ports the service listens on, where that is clear; `undefined` where it is not.
 * Clients take ports from the ephemeral ranges: Linux from 32768, Windows from 49152, but load balancers, NAT gateways
 * and Lambda from 1024 (NACL-17), so that between two ports above 1024 only a known service or the range tells.
 * https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html
 */
export function clearServicePort(a: number, b: number): number | undefined {
  const difference = rank(a) - rank(b);
  if (difference === 0) return undefined;
  return difference < 0 ? a : b;
}

const FIRST_REGISTERED = 1024;
const FIRST_EPHEMERAL = 32_768;

/** From the surest service to the surest client. */
function rank(port: number): number {
  if (port < FIRST_REGISTERED) return 0;
  if (COMMON_SERVICES.has(port)) return 1;
  return port < FIRST_EPHEMERAL ? 2 : 3;
}

/** Ports above 1023 on which widely used software listens by default. */
const COMMON_SERVICES: ReadonlySet<number> = new Set([
  1433, 1521, 1883, 2049, 2181, 2379, 2380, 3000, 3128, 3260, 3306, 3389, 4317, 4318, 4369, 5000, 5044, 5060, 5061,
  5432, 5439, 5601, 5672, 5900, 5985, 5986, 6379, 6443, 6514, 7000, 7001, 8000, 8080, 8081, 8443, 8500, 8529, 8883,
  8888, 9000, 9042, 9090, 9092, 9093, 9094, 9096, 9098, 9100, 9200, 9300, 9418, 9443, 10250, 11211, 15672, 25565, 27017,
  27018, 50051,
]);
