import { formatCidr } from '../net/cidr.ts';
import type { Route } from '../vpc/route-table.ts';
import { resource } from './console-link.ts';
import type { Reader } from './meeting.ts';
import { sentence, type Part, type Sentence } from './sentence.ts';

/** `10.44.0.0/16 → pcx-0c3`. */
export function formatRoute(route: Route, reader: Reader): Sentence {
  return sentence`${destinationOf(route, reader)} → ${targetOf(route, reader)}`;
}

function destinationOf({ destination }: Route, { region }: Reader): Part {
  return destination.kind === 'cidr' ? formatCidr(destination.cidr) : resource(region, destination.id);
}

function targetOf({ target }: Route, { region }: Reader): Part {
  return target.kind === 'local' ? 'local' : resource(region, target.id);
}
