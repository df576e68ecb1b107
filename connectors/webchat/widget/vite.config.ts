import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import type { BuildEnvironmentOptions } from 'vite';
import { leanLibraries } from './lean.ts';

const target = 'es2022';

const panel = (): BuildEnvironmentOptions => ({
  target,
  modulePreload: false,
  rolldownOptions: {
    input: 'src/panel/panel.ts',
    preserveEntrySignatures: 'strict',
    // Its package.json does not say so, and its unused transports would stay.
    treeshake: { moduleSideEffects: [{ test: /engine\.io-client/, sideEffects: false }] },
    output: { format: 'es', entryFileNames: 'widget-panel.js' },
  },
});

/** A classic script: it names no global, and finds its own address in `document.currentScript`. */
const loader = (): BuildEnvironmentOptions => ({
  target,
  modulePreload: false,
  emptyOutDir: false,
  rolldownOptions: {
    input: 'src/loader/loader.ts',
    output: { format: 'iife', entryFileNames: 'widget.js' },
  },
});

/** Changes with the panel, so that a browser may keep it for long. The name stays: an old loader finds the new panel. */
const panelVersion = () =>
  createHash('sha256').update(readFileSync('dist/widget-panel.js')).digest('base64url').slice(0, 10);

// `vite build` makes the panel, then `vite build --mode loader` the loader that knows the panel's version.
export default defineConfig(({ mode }) => ({
  plugins: [svelte(), leanLibraries()],
  publicDir: mode === 'loader' ? false : 'public',
  resolve: { conditions: ['hub-src', 'browser', 'module', 'development|production'] },
  define: mode === 'loader' ? { PANEL_VERSION: JSON.stringify(panelVersion()) } : {},
  build: mode === 'loader' ? loader() : panel(),
}));
