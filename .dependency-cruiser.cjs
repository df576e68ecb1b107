/** Who may import whom (DESIGN of the layout, README "Folders"). A cycle is an error. */
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });
const tests = '\\.test\\.ts$';

module.exports = {
  forbidden: [
    rule('no-cycle', 'Two files that need each other are one file, or three.', {}, { circular: true }),
    rule(
      'contract-stands-alone',
      'The contract depends on zod alone.',
      { path: '^connectors/contract/', pathNot: tests },
      { path: '^(config|server|agent-console|connectors/(?!contract))' },
    ),
    rule(
      'kit-on-contract',
      'The kit knows the contract, and no connector.',
      { path: '^connectors/kit/', pathNot: tests },
      { path: '^(config|server|agent-console|connectors/(?!contract|kit|package))' },
    ),
    rule(
      'connector-alone',
      'A connector knows contract and kit: no other connector, no server, no config.',
      { path: '^connectors/(?!contract|kit|index)([^/]+)/', pathNot: tests },
      { path: '^(config/|server/|agent-console/|connectors/(?!contract/|kit/|$1/|dist/))' },
    ),
    rule(
      'console-on-contract',
      'The console knows the contract alone.',
      { path: '^agent-console/' },
      { path: '^(config|server|connectors/(?!contract))' },
    ),
    rule(
      'platform-below-modules',
      'The platform holds no domain.',
      { path: '^server/src/platform/' },
      { path: '^server/src/modules/' },
    ),
    rule(
      'modules-by-their-face',
      'Modules see each other through index.ts alone.',
      { path: '^server/src/modules/([^/]+)/', pathNot: tests },
      { path: '^server/src/modules/(?!$1/)[^/]+/(?!index\\.ts$)' },
    ),
    rule(
      'database-alone',
      'The embedded database knows nothing of the hub.',
      { path: '^server/embedded-mongo/', pathNot: tests },
      { path: '^(config|connectors|agent-console|server/src)' },
    ),
    rule(
      'config-alone',
      'Config knows nobody.',
      { path: '^config/[^/]+\\.ts$' },
      { path: '^(server|connectors|agent-console)' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['hub-src', 'import', 'node', 'default'],
      extensions: ['.ts', '.svelte.ts', '.js', '.mjs', '.svelte'],
    },
  },
};
