import { fc } from '@fast-check/vitest';
import { LONGEST, MOST, type HopPicture, type PathPicture } from '../../src/picture/answer-picture.ts';

const states = fc.constantFrom('end', 'passed', 'blocked', 'unknown', 'not-reached') satisfies fc.Arbitrary<
  HopPicture['state']
>;

/** Names as people and AWS give them: ids, IPv6 addresses, one long word, other scripts, markup. */
const name = fc.oneof(
  fc.constantFrom(
    'security group sg-0123456789abcdef0',
    '2001:0db8:85a3:0000:0000:8a2e:0370:7334 (orders-api)',
    'network ACL of subnet-0123456789abcdef0',
    'the internet',
  ),
  fc.string({ minLength: 1, maxLength: 60, unit: fc.constantFrom('W', 'm', 'i', '-', ' ', '1', ':', '<', '&') }),
  fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' }),
  fc.constant('W'.repeat(60)),
);

const hop: fc.Arbitrary<HopPicture> = fc.record(
  {
    state: states,
    title: name.map((text) => text.slice(0, LONGEST.hopTitle)),
    detail: fc.oneof(name, fc.lorem({ maxCount: 20 })).map((text) => text.slice(0, LONGEST.hopDetail)),
  },
  { requiredKeys: ['state', 'title'] },
);

/** Ways of up to fourteen hops there and as many back. */
export const paths: fc.Arbitrary<PathPicture> = fc.record({
  forward: fc.array(hop, { maxLength: MOST.hops }),
  return: fc.array(hop, { maxLength: MOST.hops }),
});
