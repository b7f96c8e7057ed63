import { describe, expect, it } from 'vitest';
import { hclName, hclResource } from '../../../src/explain/hcl.ts';

describe('a resource', () => {
  it('is written as terraform fmt leaves it', () => {
    expect(
      hclResource(
        ['aws_route', 'r'],
        [
          ['route_table_id', 'rtb-1'],
          ['egress', false],
          ['from_port', -1],
        ],
      ),
    ).toBe(
      [
        'resource "aws_route" "r" {',
        '  route_table_id = "rtb-1"',
        '  egress         = false',
        '  from_port      = -1',
        '}',
      ].join('\n'),
    );
  });

  /** https://developer.hashicorp.com/terraform/language/expressions/strings */
  it.each([
    ['quotes', 'a "b"', String.raw`"a \"b\""`],
    ['backslashes', String.raw`a\b`, String.raw`"a\\b"`],
    ['line breaks', 'a\nb', String.raw`"a\nb"`],
    ['templates', '${var.secret} %{if true}', '"$${var.secret} %%{if true}"'],
  ])('escapes %s', (_, text, written) => {
    expect(hclResource(['a', 'b'], [['c', text]])).toContain(`c = ${written}`);
  });
});

it.each([
  [['sg-0c44', 'ingress', 443], 'sg_0c44_ingress_443'],
  [['2001:db8::17/128'], '_2001_db8__17_128'],
])('%s is named %s', (parts, name) => {
  expect(hclName(...parts)).toBe(name);
});
