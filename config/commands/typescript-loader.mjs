// Lets Node run the tests' TypeScript as it stands, outside jest and as jest runs it.
import { transformFile } from '@swc/core';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { swcOptions } from './swc-options.mjs';

// Node runs the hook on a thread of its own, from this very file; a worker thread registers it for itself.
const HOOK = '?hook';
if (!import.meta.url.endsWith(HOOK)) register(import.meta.url + HOOK);

export async function load(url, context, next) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context);
  const { code } = await transformFile(fileURLToPath(url), { ...swcOptions, swcrc: false });
  return { format: 'module', source: code, shortCircuit: true };
}
