import { addressKey } from './address-key.ts';
import type { Conversation } from './flows.ts';
import type { FlowGroup } from './observations.ts';

/**
 * How wide the rejected attempts are spread: over ports for one remote address, over remote addresses for one port.
 * Late answers to the interface's own questions are no attempts and are not counted here.
 */
export class Spread {
  readonly #portsOf = new Map<string, Set<string>>();
  readonly #remotesAt = new Map<string, Set<string>>();

  /** A conversation that the other side opened and that was rejected on its way in. */
  addAttempt(conversation: Conversation): void {
    const remote = addressKey(conversation.remote);
    const port = portKey(conversation);
    setAt(this.#portsOf, remote).add(port);
    setAt(this.#remotesAt, port).add(remote);
  }

  around(conversation: Conversation): FlowGroup['spread'] {
    return {
      portsTriedByRemote: this.#portsOf.get(addressKey(conversation.remote))?.size ?? 0,
      remotesTryingPort: this.#remotesAt.get(portKey(conversation))?.size ?? 0,
    };
  }
}

/** Port 443 of TCP is not port 443 of UDP; ICMP has none, which is one "port" too. */
function portKey({ protocol, localPort }: Conversation): string {
  return `${protocol}:${localPort ?? ''}`;
}

function setAt(sets: Map<string, Set<string>>, key: string): Set<string> {
  const found = sets.get(key) ?? new Set();
  sets.set(key, found);
  return found;
}
