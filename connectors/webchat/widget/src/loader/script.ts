import type { LauncherLook } from '../core/store.ts';

/** What the script tag says. */
export interface ScriptTag {
  readonly account: string;
  readonly base: string;
  readonly look: LauncherLook;
}

const isColour = (text: string | undefined): text is string => /^#[0-9a-f]{6}$/i.test(text ?? '');

/** The panel brings the exact colour; until then white on light would be worse than a rough guess. */
const roughTextOn = (hex: string): string => {
  const value = Number.parseInt(hex.slice(1), 16);
  return 0.299 * (value >> 16) + 0.587 * ((value >> 8) & 0xff) + 0.114 * (value & 0xff) > 165 ? '#11131a' : '#ffffff';
};

export const readScriptTag = (script: HTMLScriptElement | null): ScriptTag | null => {
  const { account, accent, position, label } = script?.dataset ?? {};
  if (!script || !account) return null;
  const colour = isColour(accent) ? accent : '#2f5bea';
  return {
    account,
    base: new URL('.', script.src).href,
    look: {
      accent: colour,
      onAccent: roughTextOn(colour),
      position: position === 'left' ? 'left' : 'right',
      texts: label ? { launcherLabel: label } : {},
    },
  };
};
