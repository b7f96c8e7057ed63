import type { StandInAccount } from '../../demo/aws/stand-in-account.ts';
import { buildVpc } from '../support/build-vpc.ts';
import { reject } from '../support/flow-lines.ts';
import { eni } from '../support/ids.ts';
import { allow, tcp } from '../support/rules.ts';

const CLIENTS = 8;

/** One interface whose group lets in less than its clients want: what most questions are about. */
export function smallAccount(now: number): readonly StandInAccount[] {
  const at = now - 20 * 60;
  const lines = Array.from({ length: CLIENTS }, (_, index) =>
    reject(`10.0.9.${index + 1}:${50_000 + index} -> 10.0.1.9:5432 tcp`, { eni: eni('web'), at: at + index }),
  );
  const events = lines.map((message) => ({ timestampMs: at * 1_000, message }));
  const vpc = buildVpc()
    .subnet('app', '10.0.1.0/24')
    .securityGroup('web', { ingress: [allow(tcp(443), '10.0.0.0/16')] })
    .interface('web', { subnet: 'app', groups: ['web'], address: '10.0.1.9' })
    .flowLog({ on: { interface: 'web' }, logGroup: 'flows' }, 'web');
  const logGroups = [{ name: 'flows', streams: [{ name: `${eni('web')}-all`, events }] }];
  return [{ snapshot: vpc.build().raw, logGroups }];
}
