import { expect, it } from 'vitest';
import { isNitroV6 } from '../../../src/engine/nitro-families.ts';

/** CT-13. https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-nitro-instances.html */
it.each(['m8i.large', 'm8i-flex.large', 'c9gd.xlarge', 'r8idn.metal', 'm8gn.large', 'p6-b200.48xlarge', 'g7e.2xlarge'])(
  '%s is on Nitro v6',
  (type) => {
    expect(isNitroV6(type)).toBe(true);
  },
);

it.each([
  'm8g.large',
  'c8g.large',
  'i8g.large',
  'x8g.large',
  'm7i.large',
  'm8ix.large',
  'p6e-gb200.36xlarge',
  't3.micro',
  '',
])('%s is not', (type) => {
  expect(isNitroV6(type)).toBe(false);
});
