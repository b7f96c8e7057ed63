/** A value of an argument as HCL writes it. https://developer.hashicorp.com/terraform/language/expressions/strings */
export type HclValue = string | number | boolean;

/** A resource block as `terraform fmt` leaves it: equals signs in a column. */
export function hclResource(
  labels: readonly [type: string, name: string],
  given: readonly (readonly [string, HclValue])[],
): string {
  const width = Math.max(...given.map(([argument]) => argument.length));
  const lines = given.map(([argument, value]) => `  ${argument.padEnd(width)} = ${written(value)}`);
  return [`resource ${labels.map(written).join(' ')} {`, ...lines, '}'].join('\n');
}

/** A name as HCL takes it: letters, digits, underscores, no digit first. */
export function hclName(...parts: readonly (string | number)[]): string {
  const name = parts.join('_').replace(/[^A-Za-z0-9]/g, '_');
  return /^[0-9]/.test(name) ? `_${name}` : name;
}

/** `${` and `%{` begin a template, and are written with their first sign twice. */
function written(value: HclValue): string {
  return typeof value === 'string' ? JSON.stringify(value).replace(/([$%])\{/g, '$1$1{') : String(value);
}
