import type { VisitorAppearance } from '@switchboard/contract';

/** Keeps the account's colours on the frame, and light or dark as the account or the visitor's system says. */
export const followTheme = (frame: HTMLElement, { theme, colours }: VisitorAppearance): (() => void) => {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    const dark = theme === 'dark' || (theme === 'system' && system.matches);
    frame.dataset['theme'] = dark ? 'dark' : 'light';
    frame.style.setProperty('--accent-text', dark ? colours.accentOnDark : colours.accentOnLight);
  };
  apply();
  system.addEventListener('change', apply);
  return () => system.removeEventListener('change', apply);
};
