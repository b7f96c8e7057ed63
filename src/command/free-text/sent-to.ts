import type { Candidate } from './candidate.ts';
import { hasPorts } from '../../net/protocol.ts';
import type { SaidPort, Sent } from './sent.ts';
import { PROTOCOL_OF, SERVICES } from './services.ts';

/** The candidate with what its own words and those around it tell of what is sent: once for each port it may be. */
export function sentTo(candidate: Candidate, sent: Sent): readonly Candidate[] {
  const ports = portsOf(candidate, sent);
  const ways: readonly (SaidPort | undefined)[] = ports.length === 0 ? [undefined] : ports;
  return ways.map((port) => withSent(candidate, port, candidate.protocol ?? protocolOf(port, sent)));
}

function withSent(candidate: Candidate, port: SaidPort | undefined, protocol: Candidate['protocol']): Candidate {
  return { ...candidate, ...(port !== undefined && { port }), ...(protocol !== undefined && { protocol }) };
}

/** What stands at the end itself comes before what stands elsewhere, and numbers before names. */
function portsOf(candidate: Candidate, { ports, services }: Sent): readonly SaidPort[] {
  if (candidate.port !== undefined) return [candidate.port];
  const asked = candidate.destination ?? candidate.named;
  if (asked?.port !== undefined) return [{ value: asked.port, words: asked.words }];
  if (ports.length > 0) return ports;
  const byScheme = servicePort(asked?.scheme);
  return byScheme.length > 0 || asked?.scheme !== undefined ? byScheme : oneOf(services.flatMap(servicePort));
}

function servicePort(name: string | undefined): readonly SaidPort[] {
  const service = name === undefined ? undefined : SERVICES.get(name);
  return name === undefined || service === undefined ? [] : [{ value: service.port, words: name, service: name }];
}

/** `psql` and `postgres` are one service; two services are none. */
function oneOf(ports: readonly SaidPort[]): readonly SaidPort[] {
  const [first] = ports;
  return first !== undefined && ports.every(({ value }) => value === first.value) ? [first] : [];
}

function protocolOf(port: SaidPort | undefined, { protocols }: Sent): Candidate['protocol'] {
  const [only, ...more] = protocols.filter(({ value }) => port === undefined || hasPorts(value));
  if (only !== undefined && more.length === 0) return only;
  const known = port === undefined ? undefined : PROTOCOL_OF.get(port.value);
  return known === undefined || more.length > 0 ? undefined : { value: known, words: port?.words ?? '' };
}
