import type { Obstacle, PathAnalysis } from '../../src/engine/path/path.ts';
import type { PathTelling } from '../../src/explain/path-telling.ts';
import { parseAddress } from '../../src/net/address.ts';
import { buildVpc } from './build-vpc.ts';
import { eni } from './ids.ts';

/** tcp/443 from `app` at 10.0.1.5 to 203.0.113.9, of which a test says only what it is about. */
export function path(change: Partial<PathAnalysis> = {}): PathTelling {
  const { snapshot } = buildVpc()
    .subnet('app', '10.0.1.0/24')
    .paths()
    .securityGroup('app')
    .interface('app', { subnet: 'app', address: '10.0.1.5', groups: ['app'] })
    .build();
  const analysis: PathAnalysis = {
    question: {
      from: { kind: 'interface', id: eni('app') },
      to: { kind: 'address', address: parseAddress('203.0.113.9')! },
      protocol: 6,
      destinationPort: 443,
    },
    verdict: 'blocked',
    obstacles: [],
    forward: { leg: 'forward', hops: [] },
    return: { leg: 'return', hops: [] },
    gaps: [],
    ...change,
  };
  return { analysis, snapshot };
}

export function obstacle(kind: Obstacle['kind'], more: Partial<Omit<Obstacle, 'kind'>> = {}): Obstacle {
  return { kind, leg: 'forward', ...more };
}
