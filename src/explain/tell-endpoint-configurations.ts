import type { AuditFinding } from '../audit/audit-finding.ts';
import type { VpcId } from '../vpc/ids.ts';
import { ec2Command } from './ec2-command.ts';
import { count, formatDuration, formatList, shortName } from './phrase.ts';
import { code, sentence, timeRange } from './sentence.ts';
import {
  deleteEndpoints,
  doThis,
  formatPrice,
  modifyEndpoint,
  named,
  namedAll,
  nameEndpoint,
  paragraph,
  regionOf,
  type TellingsOf,
} from './tell-endpoint.ts';
import { SERVICE_NAME } from './tell-gateway-endpoints.ts';

type Kind =
  | 'endpoint-not-available'
  | 'endpoint-private-dns-off'
  | 'endpoint-vpc-dns-off'
  | 'endpoint-hides-gateway'
  | 'endpoint-one-zone'
  | 'endpoint-policy-denies-all'
  | 'endpoint-policy-open'
  | 'endpoint-duplicate'
  | 'endpoint-without-traffic';

/** Endpoints that are not ready, not found by name, not in all zones, with odd policies, or one too many. */
export const tellEndpointConfigurations: TellingsOf<Kind> = {
  'endpoint-not-available': ({ endpoint }, finding) => ({
    title: sentence`${nameEndpoint(endpoint, finding)} is not available: ${STATE_WORDS.get(endpoint.state) ?? endpoint.state}.`,
    evidence:
      endpoint.lastError === undefined
        ? [sentence`State ${code(endpoint.state)}; AWS tells no error.`]
        : [
            sentence`State ${code(endpoint.state)}; last error ${code(shortName(endpoint.lastError.code))}${endpoint.lastError.message === undefined ? '' : `: ${shortName(endpoint.lastError.message)}`}.`,
          ],
    why: sentence`It carries nothing. With private DNS, or routes that lead to it, its clients have no other way.`,
    fix: [
      paragraph(
        WAITING.has(endpoint.state)
          ? sentence`Ask the owner of the service to accept it.`
          : sentence`Mend what the error names; an endpoint that failed, expired or was rejected has to be made again.`,
      ),
    ],
  }),
  'endpoint-private-dns-off': ({ endpoint }, finding) => ({
    title: sentence`${nameEndpoint(endpoint, finding)} has private DNS off: the service's usual name leads past it.`,
    evidence: [
      sentence`Only clients that call the name of the endpoint itself use it, or those for whom a private hosted zone says so; hosted zones were not read.`,
    ],
    why: sentence`Clients go to the public addresses of the service: through NAT at a price, or nowhere.`,
    fix: doThis(
      sentence`Unless a private hosted zone stands in for it:`,
      modifyEndpoint(endpoint.id, finding, ['--private-dns-enabled']),
    ),
  }),
  'endpoint-vpc-dns-off': ({ vpcId, off, endpoints }, finding) => ({
    title: sentence`${named(vpcId, finding)} has ${formatList(off)} off, which its endpoints need.`,
    evidence: [sentence`${count(endpoints.length, 'endpoint')}: ${namedAll(endpoints, finding)}.`],
    why: sentence`The names of the services resolve to public addresses or not at all, so clients don't find the endpoints.`,
    fix: doThis(
      sentence`One attribute a call:`,
      off.map((attribute) => vpcAttributeCommand(vpcId, attribute, finding)).join('\n'),
    ),
  }),
  'endpoint-hides-gateway': ({ endpoint, gatewayEndpointId, service, price }, finding) => ({
    title: sentence`${nameEndpoint(endpoint, finding)} draws ${SERVICE_NAME[service]} traffic away from the free gateway endpoint ${named(gatewayEndpointId, finding)}.`,
    evidence: [
      sentence`Its private DNS is on for everybody in the VPC, so that the name of the service leads to it.`,
      sentence`An interface endpoint charges ${formatPrice(price)}.`,
    ],
    why: sentence`Every gigabyte is paid for that could pass for nothing.`,
    fix: doThis(
      sentence`Keep it for those who come from outside the VPC:`,
      modifyEndpoint(endpoint.id, finding, ['--dns-options', 'PrivateDnsOnlyForInboundResolverEndpoint=true']),
    ),
  }),
  'endpoint-one-zone': ({ endpoint, zone, without, candidates }, finding) => ({
    title: sentence`${nameEndpoint(endpoint, finding)} is in ${zone} only, its clients also in ${formatList(without)}.`,
    evidence: [sentence`Clients in other zones reach it all the same while ${zone} is well.`],
    why: sentence`When that zone fails, the whole VPC loses the service; until then traffic between zones is paid for.`,
    fix: doThis(
      sentence`Add a subnet in each of the other zones; every zone is charged by the hour:`,
      modifyEndpoint(endpoint.id, finding, [
        '--add-subnet-ids',
        ...(candidates.length > 0 ? candidates : ['YOUR-SUBNET']),
      ]),
    ),
  }),
  'endpoint-policy-denies-all': ({ endpoint, because }, finding) => ({
    title: sentence`${nameEndpoint(endpoint, finding)}: its policy denies everything.`,
    evidence: [
      because === 'no-allow'
        ? sentence`No statement of the policy allows anything.`
        : sentence`A statement denies every action on everything to everybody, without a condition; it wins over all others.`,
    ],
    why: sentence`Connections succeed and every request is refused as not authorised (403): that is no network fault, and looks like a missing IAM permission.`,
    fix: doThis(
      sentence`Allow what is meant to pass, in a policy of your own, or go back to the default one:`,
      modifyEndpoint(endpoint.id, finding, ['--reset-policy']),
    ),
  }),
  'endpoint-policy-open': ({ vpcId, endpoints }, finding) => ({
    title: sentence`${count(endpoints.length, 'endpoint')} of ${named(vpcId, finding)} ${endpoints.length === 1 ? 'lets' : 'let'} anyone do anything.`,
    evidence: [
      sentence`Their policies allow all principals all actions on everything, which is AWS's default: ${namedAll(endpoints, finding)}.`,
    ],
    why: sentence`Whoever gets into the VPC may use the services with credentials of any account, such as copying data to a bucket of their own. IAM policies still apply.`,
    fix: doThis(
      sentence`Allow your own organisation only, for one endpoint after the other:`,
      modifyEndpoint(endpoints[0], finding, ['--policy-document', 'file://endpoint-policy.json']),
    ),
  }),
  'endpoint-duplicate': ({ serviceName, endpoints, price }, finding) => ({
    title: sentence`${count(endpoints.length, 'interface endpoint')} for ${shortName(serviceName)} in one VPC do the same.`,
    evidence: [sentence`${namedAll(endpoints, finding)} have the same groups and the same policy.`],
    why: sentence`Each is charged ${formatPrice(price)}.`,
    fix: doThis(
      sentence`Add the zones of the others to the one that stays, see that nobody calls the others by their own names, then delete them:`,
      deleteEndpoints(endpoints.slice(1), finding),
    ),
  }),
  'endpoint-without-traffic': ({ endpoint, window, price }, finding) => ({
    title: sentence`${nameEndpoint(endpoint, finding)} carried nothing in the ${formatDuration(window.end - window.start)} read.`,
    evidence: [
      sentence`Flow logs of all its interfaces, ${timeRange(window.start, window.end)}: not a packet, neither accepted nor rejected.`,
    ],
    why: sentence`It is charged ${formatPrice(price)}, used or not.`,
    fix: doThis(sentence`If nobody needs it (a job may run once a month):`, deleteEndpoints([endpoint.id], finding)),
  }),
};

/** In lower case, as we keep them (VPCE-2). */
const STATE_WORDS = new Map([
  ['pendingacceptance', 'the owner of the service has not accepted it'],
  ['pending', 'it is being made'],
  ['failed', 'it could not be made'],
  ['rejected', 'the owner of the service rejected it'],
  ['expired', 'nobody accepted it in time'],
  ['partial', 'only a part of it works'],
]);

const WAITING: ReadonlySet<string> = new Set(['pendingacceptance', 'pending']);

/** https://docs.aws.amazon.com/cli/latest/reference/ec2/modify-vpc-attribute.html */
function vpcAttributeCommand(
  vpcId: VpcId,
  attribute: 'enableDnsSupport' | 'enableDnsHostnames',
  finding: AuditFinding,
): string {
  const option = attribute === 'enableDnsSupport' ? '--enable-dns-support' : '--enable-dns-hostnames';
  return ec2Command('modify-vpc-attribute', regionOf(finding), [
    ['--vpc-id', vpcId],
    [option, 'Value=true'],
  ]);
}
