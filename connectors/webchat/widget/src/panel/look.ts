import type { VisitorAppearance } from '@switchboard/contract';
import type { LauncherLook } from '../core/store.ts';
import { launcherTexts, panelTexts, textsOf } from '../core/texts.ts';
import type { Texts } from '../core/texts.ts';

/** Until the hub has said better. */
export const defaultAppearance: VisitorAppearance = {
  title: panelTexts.title,
  greeting: '',
  offlineMessage: panelTexts.offlineMessage,
  launcherLabel: launcherTexts.launcherLabel,
  position: 'right',
  theme: 'system',
  colours: { accent: '#2f5bea', onAccent: '#ffffff', accentOnLight: '#2f5bea', accentOnDark: '#8ea8ff' },
  texts: {},
  askEmail: 'never',
  offlineForm: false,
  uploads: { maxBytes: 0, mimeTypes: [] },
};

export const textsFor = ({ title, greeting, offlineMessage, texts }: VisitorAppearance): Texts =>
  textsOf(panelTexts, { title, greeting, offlineMessage, ...texts }, navigator.languages);

export const launcherLook = ({ position, colours, launcherLabel, texts }: VisitorAppearance): LauncherLook => ({
  position,
  accent: colours.accent,
  onAccent: colours.onAccent,
  texts: { launcherLabel, ...texts },
});

/** What is drawn until the hub answers: as last time, or with the colours of the button. */
export const firstAppearance = (known: VisitorAppearance | undefined, look: LauncherLook): VisitorAppearance => ({
  ...defaultAppearance,
  ...(known ?? {
    position: look.position,
    colours: { ...defaultAppearance.colours, accent: look.accent, onAccent: look.onAccent },
  }),
});
