import { sameAddress, type Address } from '../net/address.ts';
import type { Direction } from '../net/direction.ts';
import { hasPorts, type Protocol } from '../net/protocol.ts';
import { addressKey } from './address-key.ts';
import type { FlowRecord } from './record.ts';
import { clearServicePort } from './service-port.ts';

/** One five-tuple, both directions of it, seen from the interface. */
export interface Conversation {
  readonly protocol: Protocol;
  /** Addresses as the packet had them (EVAL-26). */
  readonly local: Address;
  readonly remote: Address;
  /** TCP and UDP only, and only where the log tells it. */
  readonly localPort?: number;
  readonly remotePort?: number;
  /** The logged addresses, where they are not the packet's: it passed a middlebox (FLOW-69, FLOW-72). */
  readonly logged?: { readonly local: Address; readonly remote: Address };
  /** AWS's name for the service behind the remote address (FLOW-26, FLOW-27). */
  readonly remoteService?: string;
  /** Past the limit: all conversations of a service with one address, client ports not told apart. */
  readonly isMerged: boolean;
}

/** Which conversation a record belongs to, and which way it went. */
export interface Flow {
  readonly conversation: number;
  /** The conversation that a log without packet addresses tells for the same packets. */
  readonly identity: number;
  readonly direction: Direction | 'unknown';
  readonly isMerged: boolean;
}

/** Beyond the limit for five-tuples there is room for one merged conversation to so many of them. */
const FIVE_TUPLES_TO_MERGED = 10;

/** Gives every five-tuple a number, the same for both directions, and holds no more of them than it was told to. */
export class Flows {
  readonly #conversations: Conversation[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #own: ReadonlySet<string>;
  readonly #limit: number;
  #isFull = false;

  constructor(own: readonly Address[], limit: number) {
    this.#own = new Set(own.map(addressKey));
    this.#limit = limit;
  }

  get conversations(): readonly Conversation[] {
    return this.#conversations;
  }

  /** Whether there were more five-tuples than may be held. */
  get isFull(): boolean {
    return this.#isFull;
  }

  /** `undefined` when not even a merged conversation can be held. */
  flowOf(record: FlowRecord): Flow | undefined {
    const direction = this.#directionOf(record);
    const logged = loggedConversation(record, direction);
    const conversation = this.#packetConversation(record, { logged, direction });
    const number = this.#numberOf(conversation, direction);
    const identity = conversation === logged ? number : this.#numberOf(logged, direction);
    if (number !== undefined && identity !== undefined) {
      return { conversation: number, identity, direction, isMerged: false };
    }
    this.#isFull = true;
    const merged = this.#numberOf(merge(conversation, direction), direction);
    return merged === undefined ? undefined : { conversation: merged, identity: merged, direction, isMerged: true };
  }

  /**
   * What the record says, else which logged end is the interface's own; both or neither tell nothing (FLOW-47).
   * The interface's side is always logged with its primary address, so secondary ones need not be known.
   */
  #directionOf(record: FlowRecord): Direction | 'unknown' {
    if (record.direction !== undefined) return record.direction;
    const isFromHere = this.#isOwn(record.source);
    if (isFromHere === this.#isOwn(record.destination)) return 'unknown';
    return isFromHere ? 'egress' : 'ingress';
  }

  /** The same object as the logged conversation, unless the packet had other addresses. */
  #packetConversation(record: FlowRecord, { logged, direction }: LoggedFlow): Conversation {
    const source = record.packetSource ?? record.source;
    const { local, remote } = orient(source, record.packetDestination ?? record.destination, direction);
    const isSameRemote = sameAddress(remote, logged.remote);
    if (isSameRemote && sameAddress(local, logged.local)) return logged;
    if (isSameRemote && this.#isOwn(local)) return { ...logged, local };
    return { ...logged, local, remote, logged: { local: logged.local, remote: logged.remote } };
  }

  #numberOf(conversation: Conversation, direction: Direction | 'unknown'): number | undefined {
    const key = keyOf(conversation, direction);
    const known = this.#numbers.get(key);
    if (known !== undefined) {
      this.#learnService(known, conversation.remoteService);
      return known;
    }
    const room = this.#limit + (conversation.isMerged ? Math.floor(this.#limit / FIVE_TUPLES_TO_MERGED) : 0);
    if (this.#conversations.length >= room) return undefined;
    this.#numbers.set(key, this.#conversations.length);
    return this.#conversations.push(conversation) - 1;
  }

  #learnService(number: number, remoteService: string | undefined): void {
    const known = this.#conversations[number];
    if (known === undefined || known.remoteService !== undefined || remoteService === undefined) return;
    this.#conversations[number] = { ...known, remoteService };
  }

  #isOwn(address: Address): boolean {
    return this.#own.has(addressKey(address));
  }
}

interface LoggedFlow {
  readonly logged: Conversation;
  readonly direction: Direction | 'unknown';
}

function loggedConversation(record: FlowRecord, direction: Direction | 'unknown'): Conversation {
  const isEgress = direction === 'egress';
  const localPort = isEgress ? record.sourcePort : record.destinationPort;
  const remotePort = isEgress ? record.destinationPort : record.sourcePort;
  const remoteService = isEgress ? record.destinationService : record.sourceService;
  return {
    protocol: record.protocol,
    ...orient(record.source, record.destination, direction),
    ...(hasPorts(record.protocol) && localPort !== undefined ? { localPort } : {}),
    ...(hasPorts(record.protocol) && remotePort !== undefined ? { remotePort } : {}),
    ...(remoteService === undefined ? {} : { remoteService }),
    isMerged: false,
  };
}

/** Where the direction is unknown the destination stands for the local side. */
function orient(source: Address, destination: Address, direction: Direction | 'unknown') {
  return direction === 'egress' ? { local: source, remote: destination } : { local: destination, remote: source };
}

/** Drops the port that looks like the client's; where neither does, the sender's. */
function merge(conversation: Conversation, direction: Direction | 'unknown'): Conversation {
  const { localPort, remotePort, ...rest } = conversation;
  if (localPort === undefined || remotePort === undefined) return { ...conversation, isMerged: true };
  const service = clearServicePort(localPort, remotePort) ?? (direction === 'egress' ? remotePort : localPort);
  return { ...rest, ...(service === localPort ? { localPort } : { remotePort }), isMerged: true };
}

function keyOf(conversation: Conversation, direction: Direction | 'unknown'): string {
  const { protocol, local, remote, localPort = '-', remotePort = '-', logged, isMerged } = conversation;
  const kind = `${direction === 'unknown' ? 'undirected' : ''}${isMerged ? 'merged' : ''}`;
  const passed = logged === undefined ? [] : [addressKey(logged.local), addressKey(logged.remote)];
  return [kind, protocol, addressKey(local), localPort, addressKey(remote), remotePort, ...passed].join(' ');
}
