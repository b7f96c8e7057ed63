import { expect, it } from 'vitest';
import { vpc } from '../../../support/ids.ts';
import { parseMembers } from '../../../support/parse-members.ts';

const parse = (...attributes: readonly object[]) =>
  parseMembers({ Vpcs: [{ VpcId: vpc('main') }, { VpcId: vpc('other') }], VpcAttributes: attributes });

it('joins the attributes, of which AWS tells one a call (API-12)', () => {
  const { vpcs } = parse(
    { VpcId: vpc('main'), EnableDnsSupport: { Value: true } },
    { VpcId: vpc('main'), EnableDnsHostnames: { Value: false } },
  );

  expect(vpcs.get(vpc('main'))?.dns).toEqual({ support: true, hostnames: false });
  expect(vpcs.get(vpc('other'))).not.toHaveProperty('dns');
});

it('knows one without the other', () => {
  const { vpcs } = parse({ VpcId: vpc('main'), EnableDnsSupport: { Value: true } });

  expect(vpcs.get(vpc('main'))?.dns).toEqual({ support: true });
});

it('hides no VPC behind an odd attribute', () => {
  const { vpcs, gaps } = parse({ VpcId: vpc('main'), EnableDnsSupport: { Value: 'yes' } });

  expect(vpcs.get(vpc('main'))).not.toHaveProperty('dns');
  expect(gaps).toMatchObject([{ fact: 'vpc-attribute', about: vpc('main'), because: 'malformed' }]);
});
