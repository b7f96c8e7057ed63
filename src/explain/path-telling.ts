import type { PathFix } from '../engine/path/path-fix.ts';
import type { PathAnalysis, PathEnd } from '../engine/path/path.ts';
import { formatAddress } from '../net/address.ts';
import type { Snapshot } from '../vpc/snapshot.ts';
import { assertNever } from '../lang/exhaustive.ts';
import { resource } from './console-link.ts';
import type { Span } from './document.ts';
import { interfaceName, readerOf } from './network-names.ts';
import { shortName } from './phrase.ts';

/** A followed path and the network it leads through: what every sentence about it may draw upon. */
export interface PathTelling {
  readonly analysis: PathAnalysis;
  readonly snapshot: Snapshot;
  /** Absent where nothing is in the way. */
  readonly fix?: PathFix;
}

/** An end by the name that people know it by. */
export function endName({ snapshot }: PathTelling, end: PathEnd): Span {
  const reader = readerOf(snapshot);
  switch (end.kind) {
    case 'interface':
      return interfaceName(snapshot, end.id, readerOf(snapshot, snapshot.interfaces.get(end.id)?.vpcId));
    case 'instance':
      return resource(reader.region, end.id, nameOf(snapshot.instances.get(end.id)));
    case 'address': {
      const via = end.via === undefined ? '' : ` behind ${shortName(end.via)}`;
      return { kind: 'words', text: `${formatAddress(end.address)}${via}` };
    }
    case 'internet':
      return { kind: 'words', text: 'the internet' };
    case 'service':
      return resource(reader.region, end.prefixListId, nameOf(snapshot.prefixLists.get(end.prefixListId)));
    default:
      return assertNever(end);
  }
}

function nameOf(named: { readonly name?: string } | undefined): string | undefined {
  return named?.name === undefined ? undefined : shortName(named.name);
}
