import { z } from 'zod';
import { Spoken } from './calls.ts';
import { Id, Instant } from './common.ts';

/** What callers hear before somebody answers, as a small tree; edited per number. */
export const MENU_LANGUAGES = ['en', 'de', 'fr', 'es'] as const;
export const MenuLanguage = z.enum(MENU_LANGUAGES);
export type MenuLanguage = z.infer<typeof MenuLanguage>;

const NodeId = z.string().min(1).max(40);
/** What is said, by language; a language that is missing is said in the first of the menu's. */
export const MenuWords = z.partialRecord(MenuLanguage, z.string().trim().max(1000, 'At most 1000 characters'));
export type MenuWords = z.infer<typeof MenuWords>;

export const MenuChoice = z.object({
  key: z
    .string()
    .max(1)
    .regex(/^[0-9*#]$/, 'One of 0–9, * and #'),
  /** Spoken words that mean the same. */
  words: z.array(z.string().trim().min(1).max(60)).max(10, 'At most 10'),
  to: NodeId,
  /** From here on it goes on in this language. */
  language: MenuLanguage.nullable(),
});
export type MenuChoice = z.infer<typeof MenuChoice>;

/** As numbers are dialled from anywhere. */
export const PhoneNumber = z
  .string()
  .max(40)
  .transform((typed) => typed.replace(/[\s().-]/g, ''))
  .pipe(z.string().regex(/^\+[1-9]\d{6,14}$/, 'A phone number with its country code, such as +15551234567'));

const node = { id: NodeId, say: MenuWords };
export const MenuNode = z.discriminatedUnion('does', [
  z.object({ ...node, does: z.literal('menu'), choices: z.array(MenuChoice).max(12, 'At most 12') }),
  z.object({ ...node, does: z.literal('queue'), queueId: Id.nullable() }),
  z.object({ ...node, does: z.literal('voicemail') }),
  /** To somebody outside of the hub; who is not reached there goes on at `otherwise`. */
  z.object({ ...node, does: z.literal('number'), number: PhoneNumber, otherwise: NodeId }),
  z.object({ ...node, does: z.literal('hang-up') }),
]);
export type MenuNode = z.infer<typeof MenuNode>;

/** `announced`: said before it begins; `asked`: only for who agrees by a key. */
export const RecordingMode = z.enum(['off', 'announced', 'asked']);
export type RecordingMode = z.infer<typeof RecordingMode>;

/** How often a promised call is tried, and how long after the one before. */
export const CallbackTries = z.object({
  most: z.int('A whole number').min(1, 'At least once').max(10, 'At most 10'),
  everyMinutes: z.int('Whole minutes').min(1, 'At least a minute').max(1440, 'At most a day'),
  /** Not outside of the menu's hours. */
  inHours: z.boolean(),
});
export type CallbackTries = z.infer<typeof CallbackTries>;

export const CallMenu = z.object({
  /** The first is what callers hear until they choose another. */
  languages: z.array(MenuLanguage).min(1, 'At least one language').max(MENU_LANGUAGES.length),
  speech: z.boolean(),
  /** A calendar's, or OPENING_HOURS; null: always open. */
  calendarId: z.string().max(100).nullable(),
  start: NodeId,
  /** Where a caller goes outside of the hours. */
  closed: NodeId,
  nodes: z.array(MenuNode).min(1).max(60, 'At most 60'),
  /** Callers who wait may hang up and be called in their turn. */
  callback: z.boolean(),
  callbackTries: CallbackTries,
  /** Callers who wait may leave a message instead. */
  voicemail: z.boolean(),
  /** What they are told then; without words the hub's own. */
  voicemailWords: MenuWords,
  musicUrl: z.url('A web address such as https://example.com/music.mp3').max(2000).nullable(),
  /** Said to who waits, between two rounds of music. */
  waiting: MenuWords,
  /** Who waits is told the place in the queue and the time that it usually takes. */
  tellsPlace: z.boolean(),
  recording: RecordingMode,
  /** An agent may pause it, for what nobody may keep. */
  pause: z.boolean(),
  /** Said before a call that is recorded, or as the question; without words the hub's own. */
  consent: MenuWords,
  /** What is said in a message is written down, where the provider can. */
  transcribe: z.boolean(),
  /** What is said with an agent is as well, while it is recorded; the caller is told. */
  transcribeCalls: z.boolean(),
});
export type CallMenu = z.infer<typeof CallMenu>;

/** `version` counts its changes, and is named by who changes it. */
export const CallMenuView = CallMenu.extend({
  version: z.int().min(0),
  changed: z.object({ by: z.string(), at: Instant }).nullable(),
});
export type CallMenuView = z.infer<typeof CallMenuView>;

export const MenuProblem = z.object({
  /** Of the menu as it was given: `nodes.2.choices.0.to`. */
  path: z.string(),
  message: z.string(),
});
export type MenuProblem = z.infer<typeof MenuProblem>;

/** What a caller hears and may do, one step after the other. */
export const HeardStep = z.object({
  does: z.enum(['ask', 'wait', 'record', 'forward', 'hang-up']),
  /** The step of the menu that it belongs to; null: it is the hub's own. */
  node: z.string().nullable(),
  say: z.array(Spoken),
  keys: z.array(z.string()),
  speech: z.boolean(),
  /** In words for who edits it: the queue, the number. */
  where: z.string().nullable(),
});
export type HeardStep = z.infer<typeof HeardStep>;
