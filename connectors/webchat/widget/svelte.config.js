import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

export default {
  preprocess: vitePreprocess(),
  // DOM built node by node: innerHTML would need a trusted-types policy on pages that ask for one.
  // And no `window.__svelte`: the host page is not ours.
  compilerOptions: { fragments: 'tree', discloseVersion: false },
};
