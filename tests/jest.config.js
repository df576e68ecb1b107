import { swcOptions } from '../config/commands/swc-options.mjs';

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
  transform: { '^.+\\.ts$': ['@swc/jest', swcOptions] },
};
