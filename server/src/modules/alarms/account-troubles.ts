import type { Standing } from '../channels/index.ts';
import type { Trouble } from './alarms.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

type Rule = readonly [id: string, words: (standing: Standing, now: Date) => string | null];

/** Beyond these an account is not busy but in trouble. */
const limits = {
  inMs: MINUTE_MS,
  outMs: 5 * MINUTE_MS,
  unfetchedMs: 10 * MINUTE_MS,
  refusedMs: 10 * MINUTE_MS,
  expiryMs: 14 * DAY_MS,
};
/** Refused so long ago, it says nothing about now. */
const LATELY_MS = HOUR_MS;

/** What does not work is behind as well: one cause, one alarm. */
const rules: readonly Rule[] = [
  ['', (standing) => stateOf(standing)],
  [
    ':in',
    (standing) =>
      isWell(standing) && standing.lag.inMs >= limits.inMs
        ? `is behind: a message that came in has waited ${long(standing.lag.inMs)} for its ticket`
        : null,
  ],
  [
    ':out',
    (standing) =>
      isWell(standing) && standing.lag.outMs >= limits.outMs
        ? `is behind: a message has waited ${long(standing.lag.outMs)} to be sent`
        : null,
  ],
  [
    ':unfetched',
    ({ health: { behind } }) =>
      (behind?.oldestMs ?? 0) >= limits.unfetchedMs
        ? `is behind: ${behind?.count === 1 ? '1 message was' : `${behind?.count} messages were`} not fetched yet, the oldest after ${long(behind?.oldestMs ?? 0)}`
        : null,
  ],
  [':refused', (standing, now) => (isWell(standing) ? refusalOf(standing, now) : null)],
  [
    ':expires',
    ({ health: { expires } }, now) =>
      expires && expires.at.getTime() - now.getTime() <= limits.expiryMs
        ? `needs renewing: ${expires.what} ${expires.at <= now ? 'expired' : 'expires'} on ${day.format(expires.at)}`
        : null,
  ],
];

/** What is wrong with one account. Pure. */
export const accountTroubles = (standing: Standing, now: Date): Omit<Trouble, 'mailAfterMs'>[] =>
  rules.flatMap(([suffix, wordsOf]) => {
    const words = wordsOf(standing, now);
    if (words === null) return [];
    const about = { kind: 'account' as const, accountId: standing.id };
    return [{ _id: `account:${standing.id}${suffix}`, about, words: `${standing.name} ${words}` }];
  });

const isWell = ({ state, health }: Standing): boolean => state === 'active' && health.ok;

/** What worked once and for some time lets in nothing: a secret was changed, or the address. */
function refusalOf({ health: { refused, lastInboundAt } }: Standing, now: Date): string | null {
  if (!refused || refused.public || lastInboundAt === null || refused.at <= lastInboundAt) return null;
  const lasted = refused.at.getTime() - (refused.since ?? refused.at).getTime();
  const isNow = now.getTime() - refused.at.getTime() < LATELY_MS;
  return lasted >= limits.refusedMs && isNow ? `refuses what comes in: ${refused.reason}` : null;
}

function stateOf(standing: Standing): string | null {
  if (isWell(standing)) return null;
  const why = standing.health.message ?? 'the reason is not known';
  return `${standing.state === 'paused' ? 'is paused' : 'does not work'}: ${why}`;
}

const units = [
  [DAY_MS, 'day'],
  [HOUR_MS, 'hour'],
  [MINUTE_MS, 'minute'],
] as const;

/** In whole ones of the largest unit: an alarm is not told anew every few seconds. */
function long(ms: number): string {
  const [size, unit] = units.find(([size]) => ms >= size) ?? [MINUTE_MS, 'minute'];
  const count = Math.floor(ms / size);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
