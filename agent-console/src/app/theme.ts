import type { Preferences } from '@switchboard/contract';
import { session } from './session.svelte.ts';

const dark = matchMedia('(prefers-color-scheme: dark)');

/** Puts theme and density on the page and keeps the theme for the first paint of the next visit (public/early.js). */
export function applyAppearance({ theme, density }: Pick<Preferences, 'theme' | 'density'>): void {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = theme;
  root.dataset.density = density;
  try {
    if (theme === 'system') localStorage.removeItem('switchboard.theme');
    else localStorage.setItem('switchboard.theme', theme);
  } catch {
    // Storage is forbidden: the theme comes with the session instead.
  }
}

/** From what is seen now to the other one. */
export function switchTheme(): Promise<void> {
  const { theme } = session.me.preferences;
  const isDark = theme === 'dark' || (theme === 'system' && dark.matches);
  return session.prefer({ theme: isDark ? 'light' : 'dark' });
}
