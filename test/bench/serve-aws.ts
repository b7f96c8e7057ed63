import { demoAccount } from '../../demo/account/demo-account.ts';
import type { StandInAccount } from '../../demo/aws/stand-in-account.ts';
import { startAws } from '../../demo/aws/start-aws.ts';
import { buildVpc, buildWorld } from '../support/build-vpc.ts';
import { route, viaPeering } from '../support/routes.ts';
import { allow, tcp } from '../support/rules.ts';

/**
 * AWS as a process of its own, so that its work is not taken for the bot's; says how to reach it, in JSON, and when it is
 * asked, how many milliseconds of processor time it has taken so far.
 */
const ACCOUNTS: Readonly<Record<string, () => readonly StandInAccount[]>> = {
  demo: () => demoAccount(new Date()).accounts,
  peered,
};

function peered(): readonly StandInAccount[] {
  const web = buildVpc('web')
    .cidr('10.0.0.0/16')
    .subnet('web', '10.0.1.0/24')
    .securityGroup('web', { ingress: [] })
    .interface('web', { subnet: 'web', address: '10.0.1.5', groups: ['web'] })
    .routeTable('web', [route('10.1.0.0/16', viaPeering('db'))])
    .peering('db', { cidrs: ['10.1.0.0/16'] });
  const db = buildVpc('db')
    .cidr('10.1.0.0/16')
    .subnet('db', '10.1.1.0/24')
    .securityGroup('db', { ingress: [allow(tcp(5432), '10.0.0.0/16')] })
    .interface('db', { subnet: 'db', address: '10.1.1.5', groups: ['db'] })
    .routeTable('db', [route('10.0.0.0/16', viaPeering('db'))]);
  return buildWorld(web, db).raws.map((snapshot) => ({ snapshot }));
}

const [, , name = 'demo', latencyMs = '0'] = process.argv;
const { url, environment } = await startAws({ accounts: ACCOUNTS[name]!(), latencyMs: Number(latencyMs) });
process.send?.(JSON.stringify({ url, environment }));
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.(String((user + system) / 1000));
});
