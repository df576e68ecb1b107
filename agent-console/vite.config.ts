import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, loadEnv } from 'vite';
import { leanContract } from './lean.ts';

export default defineConfig(({ mode }) => {
  const hub = loadEnv(mode, import.meta.dirname, 'VITE_').VITE_HUB ?? 'http://localhost:3000';
  return {
    plugins: [svelte(), leanContract()],
    // The contract is read from its source: no build order to keep.
    resolve: { conditions: ['hub-src', 'browser', 'module', 'import', 'default'] },
    build: {
      // Browsers that know light-dark() and OKLCH; older ones would need every colour twice.
      target: ['chrome123', 'edge123', 'firefox128', 'safari17.5'],
      // The page's policy is default-src 'self': no data: addresses.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      sourcemap: true,
    },
    server: {
      proxy: {
        '/api': { target: hub },
        '/health': { target: hub },
        '/widget.js': { target: hub },
        '/widget-test': { target: hub },
        '/socket.io': { target: hub, ws: true },
      },
    },
  };
});
