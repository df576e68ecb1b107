// Runs before anything else, as a file of its own because the page's policy forbids inline scripts.

// The theme is known before the first paint: no flash of the wrong one.
try {
  const theme = localStorage.getItem('switchboard.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is blocked: the system's theme is used.
}

// zod tries `new Function` when its first schema is made, which the policy refuses and reports. The modules of the console
// are bundled in an order of the bundler's choosing, so this is the one place that is certainly earlier (zod.dev/api: jitless).
globalThis.__zod_globalConfig = { jitless: true };
