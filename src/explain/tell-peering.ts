import type { AuditFinding } from '../audit/audit-finding.ts';
import type { PeeringFault, VpcSide } from '../audit/peering/peering-fault.ts';
import { formatCidr, type Cidr } from '../net/cidr.ts';
import type { Region } from '../vpc/ids.ts';
import type { Route } from '../vpc/route-table.ts';
import type { PeeringConnection } from '../vpc/snapshot.ts';
import { resource } from './console-link.ts';
import type { Block } from './document.ts';
import type { FaultTelling } from './fault-telling.ts';
import { formatList, shortName } from './phrase.ts';
import { formatRoute } from './explain-route.ts';
import { joinSpans, sentence, type Part, type Sentence } from './sentence.ts';

/** What is told of each of these kinds. */
export type TellingsOf<Kind extends PeeringFault['kind']> = {
  readonly [K in Kind]: (fault: Extract<PeeringFault, { readonly kind: K }>, finding: AuditFinding) => FaultTelling;
};

/** `vpc-0b1 (account 2222…)`. */
export function nameSide({ vpcId, accountId, region }: VpcSide): Part {
  const vpc = vpcId === undefined ? 'the other VPC' : sentence`${resource(region, vpcId)}`;
  return accountId === undefined ? vpc : sentence`${vpc} (account ${accountId})`;
}

export function accountOf({ accountId }: VpcSide): string {
  return accountId === undefined ? 'the account that owns it' : `account ${accountId}`;
}

/** With its name, where it has one. */
export function namePeering({ id, name }: PeeringConnection, region: Region | undefined): Part {
  return name === undefined ? resource(region, id) : sentence`${resource(region, id)} (${shortName(name)})`;
}

export function regionOf({ objects: [first] }: AuditFinding): Region | undefined {
  return first.region;
}

/** Where an object of the finding is: connections lead from one region to another. */
export function regionOfObject({ objects }: AuditFinding, id: string): Region | undefined {
  return objects.find((object) => object.id === id)?.region ?? objects[0].region;
}

export function formatBlocks(blocks: readonly Cidr[], most = 4): string {
  return formatList(blocks.map(formatCidr), most);
}

const MOST_ROUTES = 5;

/** `rtb-077: 10.8.0.0/16 → pcx-0f2; …`. */
export function formatRoutes(routes: readonly Route[], region: Region | undefined): Sentence {
  const told = routes.slice(0, MOST_ROUTES).map((route) => {
    const reader = region === undefined ? {} : { region };
    return sentence`${resource(region, route.tableId)}: ${formatRoute(route, reader)}`;
  });
  const more = routes.length - told.length;
  return sentence`${joinSpans(told, '; ')}${more > 0 ? `; and ${more} more` : ''}.`;
}

const MOST_COMMANDS = 5;

/** What to do, who must do it, and the commands. */
export function doThis(words: Sentence, commands: readonly string[]): readonly Block[] {
  const told = commands.slice(0, MOST_COMMANDS);
  const rest = commands.length - told.length;
  const shell = [...told, ...(rest > 0 ? [`# and ${rest} more of the same`] : [])].join('\n');
  const paragraph: Block = { kind: 'paragraph', spans: words };
  return told.length === 0 ? [paragraph] : [paragraph, { kind: 'command', shell }];
}
