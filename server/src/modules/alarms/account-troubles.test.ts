import { expect, it } from '@jest/globals';
import type { Standing } from '../channels/index.ts';
import { accountTroubles } from './account-troubles.ts';

const MINUTE = 60_000;
const now = new Date('2026-12-01T12:00:00Z');
const well = { ok: true, message: null, checkedAt: null, lastInboundAt: null, lastOutboundAt: null };
const lag = { inMs: 0, outMs: 0 };
const expiring = (at: string) => ({
  health: { ...well, expires: { what: 'the certificate of a.org', at: new Date(at) } },
});
const unfetched = (count: number, oldestMs: number | null) => ({ health: { ...well, behind: { count, oldestMs } } });
const ago = (minutes: number) => new Date(now.getTime() - minutes * MINUTE);
const refusing = (since: number, until: number, good: number | null = 60, more: object = {}) => ({
  health: {
    ...well,
    lastInboundAt: good === null ? null : ago(good),
    refused: { at: ago(until), since: ago(since), status: 403, reason: 'The signature is wrong', ...more },
  },
});
const refused = { ...well, ok: false, message: 'No such user' };

it.each<[string, Partial<Standing>, string[]]>([
  ['is well', {}, []],
  ['fails', { health: refused }, ['Post does not work: No such user']],
  ['is paused', { state: 'paused', health: refused }, ['Post is paused: No such user']],
  ['is busy', { lag: { inMs: MINUTE - 1, outMs: 5 * MINUTE - 1 } }, []],
  [
    'takes too long to store what comes in',
    { lag: { ...lag, inMs: MINUTE } },
    ['Post is behind: a message that came in has waited 1 minute for its ticket'],
  ],
  [
    'takes too long to send',
    { lag: { ...lag, outMs: 150 * MINUTE } },
    ['Post is behind: a message has waited 2 hours to be sent'],
  ],
  [
    'fails and is behind for that',
    { health: refused, lag: { inMs: 0, outMs: 60 * MINUTE } },
    ['Post does not work: No such user'],
  ],
  ['has fetched all', unfetched(0, null), []],
  ['is about to fetch', unfetched(9, MINUTE), []],
  [
    'leaves a mailbox lie',
    unfetched(2, 10 * MINUTE),
    ['Post is behind: 2 messages were not fetched yet, the oldest after 10 minutes'],
  ],
  ['refused something once', refusing(30, 30), []],
  ['refuses all for long', refusing(30, 1), ['Post refuses what comes in: The signature is wrong']],
  ['refused all for long, but long ago', refusing(300, 90), []],
  ['refuses, and takes other things', refusing(30, 2, 1), []],
  ['refuses and never took anything', refusing(30, 1, null), []],
  ['refuses at a door for anybody', refusing(30, 1, 60, { public: true }), []],
  ['has a certificate for long', expiring('2026-12-15T12:00:01Z'), []],
  [
    'has one that ends soon',
    expiring('2026-12-15T12:00:00Z'),
    ['Post needs renewing: the certificate of a.org expires on 15 December 2026'],
  ],
  [
    'has one that has ended',
    expiring('2026-12-01T12:00:00Z'),
    ['Post needs renewing: the certificate of a.org expired on 1 December 2026'],
  ],
])('tells of an account that %s', (_, difference, words) => {
  const standing: Standing = { id: 'a', name: 'Post', state: 'active', health: well, lag, ...difference };
  const troubles = accountTroubles(standing, now);
  expect(troubles.map((trouble) => trouble.words)).toEqual(words);
  expect(new Set(troubles.map(({ _id }) => _id)).size).toBe(troubles.length);
});
