// The order of the core, innermost first: a folder may import what stands before it, never after.
const core = [
  'lang',
  'failure',
  'net',
  'vpc',
  'access',
  'changes',
  'flowlog',
  'engine',
  'audit',
  'explain',
  'render',
  'picture',
  'command',
];
const edges = ['aws', 'queue', 'slack', 'store', 'operations', 'image'];
const any = (names) => `(${names.join('|')})`;

export default {
  forbidden: [
    ...core.map((folder, index) => ({
      name: `${folder}-looks-inward`,
      comment: `src/${folder} may know only ${core.slice(0, index).join(', ') || 'itself'}.`,
      severity: 'error',
      from: { path: `^src/${folder}/` },
      to: { path: `^src/(?!${any(core.slice(0, index + 1))}/)` },
    })),
    {
      name: 'core-is-pure',
      comment:
        'Nothing in the core reaches the outside world: zod checks snapshot files, hyparquet reads the footers of Parquet files (ADR 0003).',
      severity: 'error',
      from: { path: `^src/${any(core)}/` },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev'], pathNot: '@slack/types|/zod/|/hyparquet' },
    },
    {
      name: 'edges-do-not-meet',
      comment: 'Edges are joined by the executable, not by each other.',
      severity: 'error',
      from: { path: `^src/${any(edges)}/` },
      to: {
        path: `^src/${any([...edges, 'workflow'])}/`,
        pathNot: '^src/$1/|^src/workflow/(sources|post|picture-ledger)[.]ts$',
      },
    },
    {
      name: 'workflow-knows-no-edge',
      comment: 'A workflow is handed its sources.',
      severity: 'error',
      from: { path: '^src/workflow/' },
      to: { path: `^src/${any(edges)}/` },
    },
    {
      name: 'src-stands-below',
      comment: 'Imports run bin → jobs → src; the demo stands beside bin.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(jobs|bin|demo|test)/' },
    },
    {
      name: 'jobs-know-only-src',
      comment: 'Jobs stand on src.',
      severity: 'error',
      from: { path: '^jobs/' },
      to: { path: '^(bin|demo|test)/' },
    },
    {
      name: 'nobody-imports-bin',
      comment: 'The executable is where a process starts.',
      severity: 'error',
      from: { pathNot: '^(bin|test)/' },
      to: { path: '^bin/' },
    },
    {
      name: 'only-bin-starts-the-demo',
      comment: 'Stand-ins are for the demo and the tests.',
      severity: 'error',
      from: { pathNot: '^(bin|demo|test)/' },
      to: { path: '^demo/' },
    },
    {
      name: 'config-is-for-bin',
      comment: 'Everyone else is handed what they need.',
      severity: 'error',
      from: { pathNot: '^(test|bin|demo)/|^src/config/' },
      to: { path: '^src/config/' },
    },
    { name: 'no-cycles', comment: 'Type-only cycles count.', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-test-code-in-production',
      comment: 'Fixtures stay in test.',
      severity: 'error',
      from: { pathNot: '^test/' },
      to: { path: '^test/' },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
