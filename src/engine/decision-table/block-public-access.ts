import type { InternetGatewayBlockMode } from '../../vpc/snapshot.ts';
import { blockModeAt } from '../block-mode.ts';
import type { Blocker } from '../finding.ts';
import type { FlowSituation, Scene } from './situation.ts';

/**
 * Whether VPC Block Public Access, as configured today, stops this packet: `block-bidirectional` all traffic of internet
 * gateways, `block-ingress` what comes in (RT-36). Unknown counts as no.
 * https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html
 */
export function blockPublicAccessStops({ scene, remote, flow }: FlowSituation): boolean {
  const mode = effectiveMode(scene);
  if (!remote.effectivePublic || mode === undefined) return false;
  return mode === 'block-bidirectional' || (mode === 'block-ingress' && flow.direction === 'ingress');
}

export function blockPublicAccess(scene: Scene): Blocker {
  const mode = effectiveMode(scene);
  const managedBy = scene.snapshot.scopes.find(({ blockPublicAccess: settings }) => settings?.managedBy !== undefined);
  return {
    kind: 'block-public-access',
    id: scene.interface.vpcId,
    ...(mode !== undefined && { mode }),
    ...(managedBy?.blockPublicAccess?.managedBy !== undefined && { managedBy: managedBy.blockPublicAccess.managedBy }),
  };
}

export function effectiveMode({ snapshot, interface: own }: Scene): InternetGatewayBlockMode | undefined {
  return blockModeAt(snapshot, own);
}
