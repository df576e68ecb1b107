import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

export default ts.config(
  { ignores: ['**/dist/', '**/node_modules/', '.cache/', 'data/'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  prettier,
  ...svelte.configs.prettier,
  { languageOptions: { globals: { ...globals.node } } },
  {
    files: ['agent-console/**', 'connectors/webchat/widget/**', 'tests/e2e/**'],
    languageOptions: { globals: { ...globals.browser } },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'] } },
  },
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' },
      ],
      'max-lines-per-function': 'off',
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'A union of string literals says the same and compiles to nothing.' },
      ],
    },
  },
  {
    // Only config/ reads the environment (its commands and the tests' services find theirs there too).
    files: ['server/**/*.ts', 'connectors/**/*.ts', 'agent-console/**/*.ts'],
    ignores: ['**/*.test.ts', '**/vite.config.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'config/ is the only reader of the environment.' },
      ],
    },
  },
  {
    // Types belong to TypeScript (and which warning a comment silences, to svelte-check); the svelte compiler and svelte-check see what eslint would guess at.
    files: ['**/*.svelte', '**/*.ts'],
    rules: { 'no-undef': 'off', 'svelte/no-unused-svelte-ignore': 'off', 'svelte/prefer-svelte-reactivity': 'off' },
  },
);
