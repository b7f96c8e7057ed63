import { describe, expect, it } from 'vitest';
import { explainGap } from '../../../src/explain/explain-gap.ts';
import { plainText } from '../../../src/explain/plain-text.ts';
import type { Gap, GapFact } from '../../../src/vpc/gap.ts';

/** The compiler asks for an example of every fact. */
const FACTS: Readonly<Record<GapFact, string>> = {
  'network-interface': 'its groups and subnet are unknown',
  'security-group': 'its rules may allow the traffic',
  'security-group-members': 'whether the other end is one of them is unknown',
  'network-acl': 'its rules may deny the traffic',
  subnet: 'its address block and network ACL are unknown',
  vpc: 'its address blocks and modes are unknown',
  'prefix-list': 'whether it holds the address is unknown',
  'peering-connection': 'whether group references work across it is unknown',
  'route-table': 'where its subnets send traffic is unknown',
  'internet-gateway': 'whether it is attached to the VPC is unknown',
  'nat-gateway': 'whether it can carry the traffic is unknown',
  'vpn-gateway': 'what it reaches on the other side is unknown',
  'vpc-endpoint': 'whether it serves the traffic is unknown',
  'endpoint-traffic': 'one of them may be paid for and not used',
  'transit-gateway': 'its attachments and routes are unknown',
  'load-balancer': 'its listeners and targets are unknown',
  'vpc-attribute': 'whether private names resolve in it is unknown',
  'block-public-access': 'it may refuse internet traffic',
  'encryption-control': 'they may refuse traffic to VPC endpoints',
  'flow-logs': 'whether the interface is covered is unknown',
  'flow-log-records': 'what is missing may show other traffic',
  'target-health': 'a load balancer then tries them all the same',
  'log-group': 'how long it keeps records is unknown',
  'private-hosted-zones': 'one of them may answer in place of the private DNS of the endpoint',
  'port-25': 'it does not unless AWS lifted the restriction',
  instance: 'its name, state and type are unknown',
  'service-interfaces': 'who stands behind an address is unknown',
  'icmp-type': 'flow logs never record it',
  'client-port': 'the whole range a client may use',
  'configuration-changes': 'rules may have been different when the records were made',
  'connection-tracking': 'AWS does not show which connections it remembers',
  path: 'routes, gateways and the other end were not judged',
};

const BECAUSE: readonly Gap['because'][] = [
  'access-denied',
  'not-found',
  'not-collected',
  'not-modelled',
  'incomplete',
  'malformed',
  'throttled',
  'unreachable',
];

describe('a gap', () => {
  it.each(Object.entries(FACTS) as [GapFact, string][])('about %s says what follows from it', (fact, words) => {
    expect(plainText(explainGap({ fact, because: 'not-collected' }))).toContain(words);
  });

  it.each(BECAUSE)('because of %s is a whole sentence', (because) => {
    expect(plainText(explainGap({ fact: 'network-acl', about: 'acl-0aa1', because }))).toMatch(
      /^Network ACL acl-0aa1: .+; its rules may deny the traffic\..*$/,
    );
  });

  it('that a permission would close names it, and where', () => {
    const gap: Gap = {
      fact: 'security-group-members',
      about: 'sg-0ee1',
      because: 'access-denied',
      action: 'ec2:DescribeNetworkInterfaces',
      accountId: '444455556666',
    };

    expect(plainText(explainGap(gap))).toBe(
      'Members of security group sg-0ee1 (account 444455556666): AWS denied access; whether the other end is one of ' +
        "them is unknown. Allow ec2:DescribeNetworkInterfaces to the bot's role in account 444455556666; " +
        'vpc-why iam-policy prints the whole policy.',
    );
  });

  it('that passes by itself asks for another try', () => {
    expect(plainText(explainGap({ fact: 'subnet', because: 'throttled', action: 'ec2:DescribeSubnets' }))).toMatch(
      /Ask again in a minute\.$/,
    );
  });

  it('that nobody can close names no reason', () => {
    expect(plainText(explainGap({ fact: 'icmp-type', because: 'not-collected' }))).not.toContain('not read');
  });
});
