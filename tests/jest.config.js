export default {
  rootDir: '..',
  testEnvironment: 'node',
  testTimeout: 120_000,
  maxWorkers: 2,
  reporters: ['default', '<rootDir>/tests/support/closing-line.mjs'],
  roots: ['<rootDir>/tests', '<rootDir>/server', '<rootDir>/connectors', '<rootDir>/config', '<rootDir>/agent-console'],
  testMatch: ['**/*.test.ts'],
  modulePathIgnorePatterns: ['/dist/'],
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironmentOptions: { customExportConditions: ['hub-src', 'node', 'node-addons'] },
  globalSetup: '<rootDir>/tests/support/global-setup.mjs',
  globalTeardown: '<rootDir>/tests/support/global-teardown.mjs',
  workerIdleMemoryLimit: '512MB',
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          keepClassNames: true,
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
};
