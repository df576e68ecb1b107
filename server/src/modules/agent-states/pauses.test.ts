import { expect, it } from '@jest/globals';
import type { Pause } from '../agents/index.ts';
import { pausesAfter, pausesFrom } from './pauses.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 2, 2, 10, minute));
const pause = (channel: Pause['channel'], from: number, to: number | null = null): Pause => ({
  channel,
  from: at(from),
  to: to === null ? null : at(to),
});

it.each<[string, Pause[], Pause['channel'][], Pause[]]>([
  ['begins', [], ['sms'], [pause('sms', 5)]],
  ['goes on', [pause('sms', 1)], ['sms'], [pause('sms', 1)]],
  ['ends', [pause('sms', 1)], [], [pause('sms', 1, 5)]],
  ['ends while another begins', [pause('sms', 1)], ['email'], [pause('sms', 1, 5), pause('email', 5)]],
  ['begins again', [pause('sms', 1, 3)], ['sms'], [pause('sms', 1, 3), pause('sms', 5)]],
  ['that took no time is none', [pause('sms', 5)], [], []],
])('a pause %s', (_, before, paused, after) => expect(pausesAfter(before, paused, at(5))).toEqual(after));

it('goes on into the next spell', () => expect(pausesFrom(['sms'], at(7))).toEqual([pause('sms', 7)]));
