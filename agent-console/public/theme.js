// Runs before the first paint, as a file of its own because the page's policy forbids inline scripts: no flash of the wrong theme.
try {
  const theme = localStorage.getItem('switchboard.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is blocked: the system's theme is used.
}
