import { analysePath } from '../../src/engine/path/analyse-path.ts';
import type { Hop, Obstacle, PathAnalysis, PathEnd, PathQuestion } from '../../src/engine/path/path.ts';
import { parseAddress } from '../../src/net/address.ts';
import { parseProtocol } from '../../src/net/protocol.ts';
import type { BuiltWorld, VpcBuilder } from './build-vpc.ts';
import { eni, instance, pl } from './ids.ts';

/** `follow(vpc, 'app', '203.0.113.9', 'tcp/443')`: ends are names of interfaces, addresses, `internet`, `service:s3`. */
export function follow(
  network: VpcBuilder | BuiltWorld,
  ...[from, to, service = 'tcp/443', more = {}]: [
    from: string,
    to: string,
    service?: string,
    more?: Partial<PathQuestion>,
  ]
): PathAnalysis {
  const { snapshot } = 'build' in network ? network.build() : network;
  const [protocol = 'tcp', port] = service.split('/');
  return analysePath(
    {
      from: endOf(from),
      to: endOf(to),
      protocol: parseProtocol(protocol)!,
      ...(port !== undefined && { destinationPort: Number(port) }),
      ...more,
    },
    snapshot,
  );
}

function endOf(text: string): PathEnd {
  if (text === 'internet') return { kind: 'internet' };
  if (text.startsWith('service:')) return { kind: 'service', prefixListId: pl(text.slice(8)) };
  if (text.startsWith('instance:')) return { kind: 'instance', id: instance(text.slice(9)) };
  const [host = '', via] = text.split('@');
  const address = parseAddress(host);
  if (address === undefined) return { kind: 'interface', id: eni(text) };
  return { kind: 'address', address, ...(via !== undefined && { via }) };
}

/** Obstacles in short: `return route no-route`, `forward network-acl 100`. */
export function obstacleWords({ obstacles }: PathAnalysis): readonly string[] {
  return obstacles.map(({ leg, kind, ruleNumber, reason }: Obstacle) =>
    [leg, kind, ruleNumber, reason].filter((word) => word !== undefined).join(' '),
  );
}

/** Kinds of the hops of a leg, in order. */
export function hopKinds(hops: readonly Hop[]): readonly string[] {
  return hops.map(({ kind }) => kind);
}
