import type { Capabilities, VisitorAppearance } from '@switchboard/contract';
import { readableOn, textOn } from './colour.ts';
import { wordsFor } from './languages/words.ts';
import { WebchatSettings } from './settings.ts';

/** The widget's own surfaces (widget/src/panel.css), the least favourable of each theme. */
const surface = { light: '#f4f5f8', dark: '#22252e' };

const standard = WebchatSettings.parse({});
/** What the account says in other words than those that everybody has. */
const ownWords = (settings: WebchatSettings): Record<string, string> => {
  const named = (['title', 'greeting', 'offlineMessage', 'launcherLabel'] as const).filter(
    (key) => settings[key] !== standard[key],
  );
  return { ...Object.fromEntries(named.map((key) => [key, settings[key]])), ...settings.texts };
};

export const appearanceOf = (
  settings: WebchatSettings,
  media: Capabilities['content']['media'],
  languages: readonly string[],
): VisitorAppearance => ({
  title: settings.title,
  greeting: settings.greeting,
  offlineMessage: settings.offlineMessage,
  launcherLabel: settings.launcherLabel,
  position: settings.position,
  theme: settings.theme,
  colours: {
    accent: settings.accent,
    onAccent: textOn(settings.accent),
    accentOnLight: readableOn(surface.light, settings.accent),
    accentOnDark: readableOn(surface.dark, settings.accent),
  },
  // The account's own come last: they replace ours.
  texts: { ...wordsFor(languages, ownWords(settings)), ...settings.texts },
  askEmail: settings.askEmail,
  offlineForm: settings.offlineForm,
  uploads: { maxBytes: media?.maxBytes ?? 0, mimeTypes: media?.mimeTypes ?? [] },
});
