import type { EpochSeconds, TimeWindow } from '../lang/time.ts';
import type { Direction } from '../net/direction.ts';
import { addressKey } from './address-key.ts';
import { openerOf, orderOf, type RejectTiming } from './conversations.ts';
import { Stretches } from './counts-over-time.ts';
import { DistinctNumbers } from './distinct-numbers.ts';
import { fateOf } from './fate.ts';
import type { Conversation } from './flows.ts';
import type { ClientPorts, FlowGroup, Opener, Side, Tallies } from './observations.ts';
import type { Action } from './record.ts';
import { rejectedRecordsOf } from './rejected.ts';
import type { Sample } from './samples.ts';
import type { Sighting } from './sighting.ts';
import { Spread } from './spread.ts';
import { TallyBuilder } from './tally.ts';

/** A conversation with all that was seen of it, in the order of start. */
export interface SeenConversation {
  readonly conversation: Conversation;
  readonly sightings: readonly Sighting[];
  readonly samples: (direction: Direction, action: Action) => readonly Sample[];
}

/** Ports listed by name in a group; the rest are only counted. */
const PORTS_LISTED = 256;

const DIRECTIONS = ['ingress', 'egress'] as const;

/**
 * Puts conversations with the same fate together: same service on the same two addresses, opened from the same side,
 * with the same of the four tallies, the same kinds of rejected packet and the same history. So one verdict holds for
 * all of a group: a SYN that was turned away and a late FIN never share one (T-1, T-5).
 */
export class FlowGroups {
  readonly #groups = new Map<string, GroupBuilder>();
  readonly #accepts = new LastAccepts();
  readonly #spread = new Spread();
  readonly #stretches: Stretches;

  constructor(window: TimeWindow) {
    this.#stretches = new Stretches(window);
  }

  add(seen: SeenConversation): void {
    const { conversation, sightings } = seen;
    const opener = openerOf(conversation, sightings);
    const timing = orderOf(conversation, sightings);
    const flow = flowKey(conversation, opener);
    const history = [opener.because, timing.acceptedBefore, timing.overlapping];
    const key = [flow, ...history, fateOf(conversation, sightings)].join(' ');
    const group = this.#groups.get(key) ?? new GroupBuilder(flow, seen, { opener, stretches: this.#stretches });
    this.#groups.set(key, group);
    group.add(seen, timing);
    this.#accepts.note(flow, sightings);
    const wasTurnedAway = sightings.some((each) => each.action === 'REJECT' && each.direction === 'ingress');
    if (wasTurnedAway && opener.side !== 'local') this.#spread.addAttempt(conversation);
  }

  /** Most rejected records first; the same whatever order the conversations came in. */
  build(): FlowGroup[] {
    return [...this.#groups]
      .map(([key, group]) => ({ key, group: group.build(this.#spread, this.#accepts) }))
      .sort((a, b) => rejectedRecordsOf(b.group) - rejectedRecordsOf(a.group) || (a.key < b.key ? -1 : 1))
      .map(({ group }) => group);
  }
}

/** The start of the latest ACCEPT of each flow and direction. */
class LastAccepts {
  readonly #starts = new Map<string, EpochSeconds>();

  note(flow: string, sightings: readonly Sighting[]): void {
    for (const { action, direction, start } of sightings) {
      if (action === 'REJECT') continue;
      const key = `${direction} ${flow}`;
      this.#starts.set(key, Math.max(start, this.#starts.get(key) ?? start));
    }
  }

  isAcceptedAfter(flow: string, direction: Direction, time: EpochSeconds): boolean {
    return (this.#starts.get(`${direction} ${flow}`) ?? -Infinity) > time;
  }
}

class GroupBuilder {
  readonly #flow: string;
  readonly #first: Conversation;
  readonly #opener: Opener;
  readonly #stretches: Stretches;
  readonly #clientPorts = new DistinctNumbers();
  readonly #trafficPaths = new DistinctNumbers();
  readonly #tallies: Record<Direction, Partial<Record<Action, TallyBuilder>>> = { ingress: {}, egress: {} };
  #remoteService: string | undefined;
  #conversations = 0;
  #timing: RejectTiming = { acceptedBefore: false, overlapping: false };

  constructor(flow: string, first: SeenConversation, { opener, stretches }: { opener: Opener; stretches: Stretches }) {
    this.#flow = flow;
    this.#first = first.conversation;
    this.#opener = opener;
    this.#stretches = stretches;
  }

  add({ conversation, sightings, samples }: SeenConversation, timing: RejectTiming): void {
    this.#conversations += 1;
    this.#remoteService ??= conversation.remoteService;
    this.#timing = longerIdle(this.#timing, timing);
    const client = clientPortOf(conversation, this.#opener);
    if (client !== undefined) this.#clientPorts.add(client);
    for (const sighting of sightings) {
      this.#tallyFor(sighting).add(sighting);
      if (sighting.trafficPath !== undefined) this.#trafficPaths.add(sighting.trafficPath);
    }
    for (const direction of DIRECTIONS) {
      this.#tallies[direction].ACCEPT?.addSamples(samples(direction, 'ACCEPT'));
      this.#tallies[direction].REJECT?.addSamples(samples(direction, 'REJECT'));
    }
  }

  build(spread: Spread, accepts: LastAccepts): FlowGroup {
    const { protocol, local, remote } = this.#first;
    const service = servicePortOf(this.#first, this.#opener);
    const tallies = { ingress: this.#talliesOf('ingress'), egress: this.#talliesOf('egress') };
    const loggedAs = forwardLogged(this.#first, this.#opener);
    return {
      protocol,
      local,
      remote,
      opener: this.#opener,
      ...(service === undefined ? {} : { servicePort: service }),
      serviceSide: serviceSideOf(this.#first, this.#opener),
      clientPorts: listPorts(this.#clientPorts),
      conversations: this.#conversations,
      ...tallies,
      order: { ...this.#timing, acceptedAfter: this.#isAcceptedAfter(tallies, accepts) },
      ...(loggedAs === undefined ? {} : { loggedAs }),
      spread: spread.around(this.#first),
      ...(this.#remoteService === undefined ? {} : { remoteService: this.#remoteService }),
      trafficPaths: this.#trafficPaths.ascending(),
    };
  }

  #tallyFor({ direction, action }: Sighting): TallyBuilder {
    return (this.#tallies[direction][action] ??= new TallyBuilder(this.#stretches));
  }

  #talliesOf(direction: Direction): Tallies {
    const accepted = this.#tallies[direction].ACCEPT?.build();
    const rejected = this.#tallies[direction].REJECT?.build();
    return { ...(accepted === undefined ? {} : { accepted }), ...(rejected === undefined ? {} : { rejected }) };
  }

  /** Each direction that was rejected must have been accepted since: a way in says nothing of the way out. */
  #isAcceptedAfter(tallies: Record<Direction, Tallies>, accepts: LastAccepts): boolean {
    const rejected = DIRECTIONS.filter((direction) => tallies[direction].rejected !== undefined);
    return (
      rejected.length > 0 &&
      rejected.every((direction) =>
        accepts.isAcceptedAfter(this.#flow, direction, tallies[direction].rejected?.lastSeen ?? Infinity),
      )
    );
  }
}

/** The side that was called. With an unknown opener the one with the lower port stands for it. */
function serviceSideOf({ localPort, remotePort }: Conversation, { side }: Opener): Side {
  if (side === 'unknown') return (remotePort ?? Infinity) < (localPort ?? Infinity) ? 'remote' : 'local';
  return side === 'remote' ? 'local' : 'remote';
}

function servicePortOf(conversation: Conversation, opener: Opener): number | undefined {
  return serviceSideOf(conversation, opener) === 'local' ? conversation.localPort : conversation.remotePort;
}

function clientPortOf(conversation: Conversation, opener: Opener): number | undefined {
  return serviceSideOf(conversation, opener) === 'local' ? conversation.remotePort : conversation.localPort;
}

/** The logged addresses as the opener's packets carry them; where nobody knows the opener, as arriving ones do. */
function forwardLogged({ logged }: Conversation, opener: Opener): FlowGroup['loggedAs'] {
  if (logged === undefined) return undefined;
  return opener.side === 'local'
    ? { source: logged.local, destination: logged.remote }
    : { source: logged.remote, destination: logged.local };
}

function flowKey(conversation: Conversation, opener: Opener): string {
  const { protocol, local, remote, logged } = conversation;
  const addresses = [local, remote, ...(logged === undefined ? [] : [logged.local, logged.remote])];
  const service = [serviceSideOf(conversation, opener), servicePortOf(conversation, opener)];
  return [protocol, ...service, opener.side, ...addresses.map(addressKey)].join(' ');
}

function longerIdle(a: RejectTiming, b: RejectTiming): RejectTiming {
  return (b.idleBeforeReject ?? -1) >= (a.idleBeforeReject ?? -1) ? b : a;
}

function listPorts(ports: DistinctNumbers): ClientPorts {
  return { listed: ports.ascending().slice(0, PORTS_LISTED), distinct: ports.size };
}
