import { dayName } from '../../text/index.ts';

/** A day of the centre, named as people do; noon of it is the same day wherever one looks from. */
export const dayLabel = (date: string) => dayName(new Date(`${date}T12:00:00`));

export const totalOf = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

export function timesOf(intervals: number): string[] {
  const minutes = 1440 / intervals;
  return Array.from({ length: intervals }, (_, at) =>
    [Math.floor((at * minutes) / 60), (at * minutes) % 60].map((part) => String(part).padStart(2, '0')).join(':'),
  );
}
/** A day's half hours as one may choose them, to its end. */
export const halfHours = [...timesOf(48), '24:00'].map((time) => ({ value: time, label: time }));

export const rounded = (value: number) => Math.round(value * 10) / 10;
