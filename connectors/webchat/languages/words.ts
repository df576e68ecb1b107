import { de } from './de.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';

type Table = Readonly<Record<string, string>>;
export const languages: Readonly<Record<string, Table>> = { de, es, fr };

const baseOf = (language: string): string => language.split('-')[0]?.toLowerCase() ?? '';

/**
 * The widget's words in the visitor's language, under `de:send` as an account would write them. They are sent to who needs them and are
 * not in the widget, which has English alone. What the account says in its own words stays as it says it.
 */
export const wordsFor = (visitor: readonly string[], own: Table): Table => {
  const spoken = new Set(
    Object.keys(own).flatMap((key) => (key.includes(':') ? [baseOf(key.split(':')[0] ?? '')] : [])),
  );
  const chosen = visitor
    .map(baseOf)
    .find((base) => base === 'en' || Object.hasOwn(languages, base) || spoken.has(base));
  const words = Object.entries((chosen !== undefined && languages[chosen]) || {});
  return Object.fromEntries(words.flatMap(([key, text]) => (own[key] ? [] : [[`${chosen}:${key}`, text]])));
};
