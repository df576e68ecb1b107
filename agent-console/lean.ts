import type { Plugin } from 'vite';
import { api } from '../connectors/contract/api.ts';

/** Where an operation is, and who may ask: what it takes and answers is the server's to check. */
const addresses = Object.fromEntries(
  Object.entries(api).map(([id, { method, path, access }]) => [id, { method, path, access }]),
);
const whole = /export const api = \{[^}]*\}/;

/** The contract's table of operations without its schemas: 15 KB of the first load's 200, gzip. Only what is built is lean. */
export const leanContract = (): Plugin => ({
  name: 'lean-contract',
  apply: 'build',
  enforce: 'pre',
  transform: {
    filter: { id: /\/contract\/api\.ts$/ },
    handler(code) {
      if (!whole.test(code)) throw new Error('lean.ts: contract/api.ts has changed: no `export const api = {…}`');
      return { code: code.replace(whole, `export const api = ${JSON.stringify(addresses)}`), map: null };
    },
  },
});
