import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as z from 'zod';

const Lock = z.object({
  packages: z.record(z.string(), z.object({ version: z.string().optional(), integrity: z.string().optional() })),
});
const { packages } = Lock.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));

it('every dependency is pinned by version and content', () => {
  const installed = Object.entries(packages).filter(([path]) => path !== '');
  const loose = installed.filter(
    ([, { version, integrity }]) => version === undefined || integrity?.startsWith('sha512-') !== true,
  );

  expect(installed.length).toBeGreaterThan(100);
  expect(loose.map(([path]) => path)).toEqual([]);
});

/** Those that would compile something bring it ready-made as optional packages. */
it('no dependency runs anything while it is installed', () => {
  expect(readFileSync('.npmrc', 'utf8')).toMatch(/^ignore-scripts=true$/m);
  expect(readFileSync('Dockerfile', 'utf8')).not.toMatch(/npm (?:ci|install)(?!.*--ignore-scripts)/);
});
