/**
 * Instance families on Nitro v6, late 2026; AWS's API does not tell the version (CT-14).
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-nitro-instances.html (CT-13)
 */
const FAMILIES: ReadonlySet<string> = new Set(
  'm8a m8azn m8gn m8gb c8a c8gn c8gb r8a r8gn r8gb x8i x8aedz i8ge g7 g7e p6-b200 p6-b300 hpc8a'.split(' '),
);

/** With any of the suffixes for disks, network, storage bandwidth, extra capacity and `-flex`. */
const FAMILIES_WITH_SUFFIXES: readonly string[] = ['m8i', 'm9g', 'c8i', 'c9g', 'r8i'];
const SUFFIX = /^[bden]*(?:-flex)?$/;

/** `m8i-flex.large` is, `m8g.large` is not. */
export function isNitroV6(instanceType: string): boolean {
  const family = instanceType.split('.', 1)[0] ?? '';
  return (
    FAMILIES.has(family) ||
    FAMILIES_WITH_SUFFIXES.some((stem) => family.startsWith(stem) && SUFFIX.test(family.slice(stem.length)))
  );
}
