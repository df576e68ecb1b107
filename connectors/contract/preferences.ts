import { z } from 'zod';

/** The organisation's undo time until somebody says otherwise. */
export const DEFAULT_UNDO_SECONDS = 10;

/** How one agent wants to work. */
const preference = {
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['comfortable', 'compact']),
  sound: z.boolean(),
  notifications: z.boolean(),
  signature: z.string().max(2000),
  /** How long a reply can be undone, in seconds; 0: it goes out at once; null: as the organisation says. */
  undoSeconds: z.int().min(0).max(60).nullable(),
  /** The same where the customer waits in front of the screen. */
  undoSecondsLive: z.int().min(0).max(60),
};
export const Preferences = z.object({
  theme: preference.theme.default('system'),
  density: preference.density.default('comfortable'),
  sound: preference.sound.default(true),
  notifications: preference.notifications.default(false),
  signature: preference.signature.default(''),
  undoSeconds: preference.undoSeconds.default(null),
  undoSecondsLive: preference.undoSecondsLive.default(0),
});
/** What of them to change. Not `Preferences.partial()`: its defaults would undo what is left out. */
export const PreferencesChange = z.object(preference).partial();
export type Preferences = z.infer<typeof Preferences>;
