import type { Texts } from './texts.ts';

/** `now` decides what today is. */
export const dayText = (texts: Texts, at: string, now: Date): string => {
  const date = new Date(at);
  const yesterday = new Date(now);
  yesterday.setDate(now.getDate() - 1);
  if (date.toDateString() === now.toDateString()) return texts('today');
  if (date.toDateString() === yesterday.toDateString()) return texts('yesterday');
  const year = date.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const);
  return new Intl.DateTimeFormat(texts.locale, { weekday: 'long', day: 'numeric', month: 'long', ...year }).format(
    date,
  );
};

export const timeText = ({ locale }: Texts, at: string): string =>
  new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' }).format(new Date(at));

export const exactText = ({ locale }: Texts, at: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' }).format(new Date(at));
