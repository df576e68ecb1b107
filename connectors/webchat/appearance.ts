import type { Capabilities, VisitorAppearance } from '@switchboard/contract';
import { readableOn, textOn } from './colour.ts';
import type { WebchatSettings } from './settings.ts';

/** The widget's own surfaces (widget/src/panel.css), the least favourable of each theme. */
const surface = { light: '#f4f5f8', dark: '#22252e' };

export const appearanceOf = (
  settings: WebchatSettings,
  media: Capabilities['content']['media'],
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
  texts: settings.texts,
  askEmail: settings.askEmail,
  offlineForm: settings.offlineForm,
  uploads: { maxBytes: media?.maxBytes ?? 0, mimeTypes: media?.mimeTypes ?? [] },
});
