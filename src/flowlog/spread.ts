import { addressKey } from './address-key.ts';
import { DistinctNumbers } from './distinct-numbers.ts';
import type { Conversation } from './flows.ts';
import type { FlowGroup } from './observations.ts';

/**
 * How wide the rejected attempts are spread: over ports for one remote address, over remote addresses for one port.
 * Late answers to the interface's own questions are no attempts and are not counted here.
 */
export class Spread {
  /** Remote addresses by number, in the order in which they tried. */
  readonly #remotes = new Map<string, number>();
  /** By the remote's number. */
  readonly #portsOf: DistinctNumbers[] = [];
  readonly #remotesAt = new Map<number, DistinctNumbers>();

  /** A conversation that the other side opened and that was rejected on its way in. */
  addAttempt(conversation: Conversation): void {
    const remote = this.#numberOf(addressKey(conversation.remote));
    const port = portKey(conversation);
    this.#portsOf[remote]?.add(port);
    const remotes = this.#remotesAt.get(port) ?? new DistinctNumbers();
    remotes.add(remote);
    this.#remotesAt.set(port, remotes);
  }

  around(conversation: Conversation): FlowGroup['spread'] {
    const remote = this.#remotes.get(addressKey(conversation.remote)) ?? -1;
    return {
      portsTriedByRemote: this.#portsOf[remote]?.size ?? 0,
      remotesTryingPort: this.#remotesAt.get(portKey(conversation))?.size ?? 0,
    };
  }

  #numberOf(remote: string): number {
    const known = this.#remotes.get(remote);
    if (known !== undefined) return known;
    this.#remotes.set(remote, this.#portsOf.length);
    return this.#portsOf.push(new DistinctNumbers()) - 1;
  }
}

const PORTS = 65_536;

/** Port 443 of TCP is not port 443 of UDP; ICMP has none, which is one "port" too. */
function portKey({ protocol, localPort = -1 }: Conversation): number {
  return protocol * (PORTS + 1) + localPort + 1;
}
