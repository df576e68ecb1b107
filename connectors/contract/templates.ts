import { z } from 'zod';

/** A message that the provider approved beforehand: the only kind that it carries while the reply window is closed. */
export const MessageTemplate = z.object({
  /** What a `template` part calls it. */
  name: z.string().max(200),
  language: z.string().max(20),
  category: z.string().max(50),
  /** Its words, with each variable in double braces: `Hello {{1}}`. */
  text: z.string().max(4000),
  /** In the order of the text; `example` is what the provider was shown. */
  variables: z.array(z.object({ key: z.string().max(200), example: z.string().max(1000).optional() })).max(100),
  /** Labels of its buttons, to be shown. */
  buttons: z.array(z.string().max(200)).max(20),
});
export type MessageTemplate = z.infer<typeof MessageTemplate>;

/** Names of variables as they stand in a text, each once. */
export const variablesIn = (text: string): string[] => [
  ...new Set([...text.matchAll(/\{\{\s*([\w.]+)\s*\}\}/g)].map(([, key = '']) => key)),
];

/** The words with the values in their places; what has none stays as it is. */
export const filledText = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (gap, key: string) => values[key] || gap);
