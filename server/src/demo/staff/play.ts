import { setTimeout as pause } from 'node:timers/promises';
import { Random, type Day } from '@switchboard/connectors/simulator';
import type { Log } from '../../platform/log/log.ts';
import { team } from '../team.ts';
import { Colleague } from './colleague.ts';
import { shifts } from './roster.ts';

interface Play {
  readonly url: string;
  readonly day: Day;
  readonly queueIds: ReadonlyMap<string, string>;
  readonly signal: AbortSignal;
  readonly log: Log;
  say(text: string): void;
}

/** The colleagues of whoever looks at the demo, and the hours of their days for who has started it. Resolves after the signal. */
export async function play({ log, say, ...rest }: Play): Promise<void> {
  const tell = (sentence: string, fields: object) => log.warn(sentence, fields);
  const played = { ...rest, random: new Random(Date.now()), tell };
  const lives = team.flatMap(({ email, shift }) =>
    shift === undefined ? [] : [new Colleague(email, shifts[shift], played).live()],
  );
  await Promise.all([...lives, tellHours({ say, ...rest })]);
}

const told: readonly (readonly [hour: number, words: string])[] = [
  [7, 'the first colleagues come; customers write from now on'],
  [10, 'the busiest hours'],
  [12, 'lunch, and the late shift comes'],
  [16, 'the early shift has gone'],
  [20, 'the last hour'],
];

/** One line at a time, so that a terminal tells where in the day it is. */
async function tellHours({ day, signal, say }: Pick<Play, 'day' | 'signal' | 'say'>): Promise<void> {
  let last = '';
  while (!signal.aborted) {
    const { number, hour } = day.at(Date.now());
    const [from, words] = told.findLast(([at]) => hour >= at) ?? [7, ''];
    const line = `  Day ${number}, ${String(from).padStart(2, '0')}:00: ${words}\n`;
    if (line !== last) say(line);
    last = line;
    await pause(500, undefined, { signal }).catch(() => undefined);
  }
}
