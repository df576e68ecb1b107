import { z } from 'zod';
import { Id } from './common.ts';

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

const node = { id: NodeId, say: MenuWords };
export const MenuNode = z.discriminatedUnion('does', [
  z.object({ ...node, does: z.literal('menu'), choices: z.array(MenuChoice).max(12, 'At most 12') }),
  z.object({ ...node, does: z.literal('queue'), queueId: Id.nullable() }),
  z.object({ ...node, does: z.literal('voicemail') }),
  z.object({ ...node, does: z.literal('hang-up') }),
]);
export type MenuNode = z.infer<typeof MenuNode>;

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
  /** Callers who wait may leave a message instead. */
  voicemail: z.boolean(),
  musicUrl: z.url().max(2000).nullable(),
  record: z.boolean(),
  /** Said before a call that is recorded; without words the hub's own. */
  consent: MenuWords,
});
export type CallMenu = z.infer<typeof CallMenu>;
