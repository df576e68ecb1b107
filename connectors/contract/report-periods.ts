import { z } from 'zod';
import type { MetricInterval } from './metrics.ts';

/** What a report is over, as people say it; `range`: whole days, both ends in it. */
export const ReportPeriod = z.enum(['today', 'yesterday', '7-days', '28-days', 'month', 'last-month', 'range']);
export type ReportPeriod = z.infer<typeof ReportPeriod>;
/** A day of the organisation: 2026-03-01. */
export const LocalDate = z.iso.date();

export interface AskedPeriod {
  readonly period: ReportPeriod;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Instants in ISO 8601; ends are left out themselves. */
export interface Span {
  readonly from: string;
  readonly to: string;
}
export interface Spans extends Span {
  /** What it is compared with: as long, or as far into the month. */
  readonly previous: Span;
  /** What a chart over it is cut by. */
  readonly interval: MetricInterval;
}

const QUARTER_MS = 900_000;
const DAY_MS = 86_400_000;

/**
 * A period in the organisation's zone. What is not over ends with the quarter of an hour that now is in, and so does what
 * it is compared with: half a day is not held against a whole one.
 */
export function spansOf({ period, from, to }: AskedPeriod, now: Date, zone: string): Spans {
  const today = dateIn(now, zone);
  const soon = new Date(Math.ceil((now.getTime() + 1) / QUARTER_MS) * QUARTER_MS);
  const days = (first: string, after: string): Spans => {
    const count = daysBetween(first, after);
    return spans(first, after, plusDays(first, -count), first, zone);
  };
  const thisMonth = `${today.slice(0, 8)}01`;
  const [lastMonth, before] = [plusMonths(thisMonth, -1), plusMonths(thisMonth, -2)];
  switch (period) {
    case 'today':
      return upTo(soon, days(today, plusDays(today, 1)), zone);
    case 'yesterday':
      return days(plusDays(today, -1), today);
    case '7-days':
      return days(plusDays(today, -7), today);
    case '28-days':
      return days(plusDays(today, -28), today);
    case 'month':
      return upTo(soon, spans(thisMonth, plusMonths(thisMonth, 1), lastMonth, thisMonth, zone), zone);
    case 'last-month':
      return spans(lastMonth, thisMonth, before, lastMonth, zone);
    case 'range':
      return days(from ?? today, plusDays(to ?? from ?? today, 1));
  }
}

/** The day that an instant is in. */
export function dateIn(at: Date, zone: string): string {
  const { year, month, day } = partsOf(at, zone);
  return [String(year).padStart(4, '0'), ...[month, day].map((part) => String(part).padStart(2, '0'))].join('-');
}

/** The first instant of a day; of one that a zone skips its beginning, the first there is. */
export function startOfDay(date: string, zone: string): Date {
  const wanted = Date.parse(`${date}T00:00:00Z`);
  let at = wanted - offsetAt(new Date(wanted), zone);
  at = wanted - offsetAt(new Date(at), zone);
  // Where midnight does not exist both guesses are an hour off, to one side or the other.
  while (dateIn(new Date(at), zone) < date) at += QUARTER_MS;
  while (dateIn(new Date(at - 1), zone) === date) at -= QUARTER_MS;
  return new Date(at);
}

export const plusDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

function plusMonths(date: string, months: number): string {
  const at = new Date(`${date}T00:00:00Z`);
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, 1)).toISOString().slice(0, 10);
}

const daysBetween = (first: string, after: string): number =>
  Math.round((Date.parse(`${after}T00:00:00Z`) - Date.parse(`${first}T00:00:00Z`)) / DAY_MS);

function spans(first: string, after: string, previousFirst: string, previousAfter: string, zone: string): Spans {
  const iso = (date: string) => startOfDay(date, zone).toISOString();
  const count = daysBetween(first, after);
  const interval = count <= 2 ? 'hour' : count <= 92 ? 'day' : count <= 730 ? 'week' : 'month';
  return {
    ...{ from: iso(first), to: iso(after), interval },
    previous: { from: iso(previousFirst), to: iso(previousAfter) },
  };
}

/** Cut at now, and what it is compared with as many days and hours into it. */
function upTo(soon: Date, whole: Spans, zone: string): Spans {
  if (soon.toISOString() >= whole.to) return whole;
  const today = dateIn(new Date(soon.getTime() - 1), zone);
  const into = daysBetween(dateIn(new Date(whole.from), zone), today);
  const sameDay = startOfDay(plusDays(dateIn(new Date(whole.previous.from), zone), into), zone);
  const until = new Date(sameDay.getTime() + soon.getTime() - startOfDay(today, zone).getTime()).toISOString();
  const { from, to } = whole.previous;
  return { ...whole, to: soon.toISOString(), previous: { from, to: until < to ? until : to } };
}

function partsOf(at: Date, zone: string): Record<string, number> {
  const parts = formatOf(zone).formatToParts(at);
  return Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]));
}

const offsetAt = (at: Date, zone: string): number => {
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = partsOf(at, zone);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at.getTime() / 1000) * 1000;
};

const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const part = 'numeric';
  const made = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, hourCycle: 'h23', year: part, month: part, day: part, hour: part, minute: part, second: part },
  });
  formats.set(timeZone, made);
  return made;
}
