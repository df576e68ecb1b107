import { instantAt } from '../kit/instant.ts';

/** Seconds, milliseconds, either as digits, or ISO 8601: Meta's webhooks have them all. */
export const instantOf = (given: unknown, fallback: Date): string => {
  const number = typeof given === 'number' || (typeof given === 'string' && /^\d+$/.test(given)) ? Number(given) : null;
  const ms = number === null ? Date.parse(String(given)) : number < 100_000_000_000 ? number * 1000 : number;
  return instantAt(ms, fallback);
};

export const webUrl = (given: string | undefined): string | undefined =>
  given !== undefined && given.length <= 4096 && /^https?:\/\//i.test(given) && URL.canParse(given) ? given : undefined;

/** Without what is not known. */
export const known = <T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== '')) as never;
