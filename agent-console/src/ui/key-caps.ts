export const isMac = /mac|iphone|ipad/i.test(navigator.platform);

const names: Record<string, string> = {
  Mod: isMac ? '⌘' : 'Ctrl',
  Shift: isMac ? '⇧' : 'Shift',
  Enter: '↵',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
};

/** The caps to show for a shortcut, step by step: 'Mod+k' → [['Ctrl', 'K']], 'g i' → [['G'], ['I']]. */
export function keyCaps(key: string): string[][] {
  return key
    .split(' ')
    .map((step) => step.split(/\+(?=.)/).map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part)));
}

/** As `aria-keyshortcuts` wants it. Two-key sequences have no notation there. */
export function ariaKey(key: string): string | undefined {
  return key.includes(' ') ? undefined : key.replace('Mod', isMac ? 'Meta' : 'Control');
}
