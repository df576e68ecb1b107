import { expect, it } from '@jest/globals';
import { NotAsked } from '@switchboard/contract';
import { whyNot, type Ground } from './may-ask.ts';

const now = new Date('2026-03-20T09:00:00Z');
const way = { shape: 'direct', blocked: null, unreachable: false, optedOut: false } as const;
const asks: Ground = {
  ...{ spoke: true, answered: true, colleague: false, way },
  ...{ askedAt: null, daysBetween: 14, now },
};
const daysAgo = (days: number) => new Date(+now - days * 86_400_000);

it.each<[string, Partial<Ground>, NotAsked | null]>([
  ['who was served', {}, null],
  ['whose mail was only a bounce or an auto-reply', { spoke: false }, 'customer-silent'],
  ['whom no person answered', { answered: false }, 'nobody-answered'],
  ['who works here', { colleague: true }, 'colleague'],
  ['a group', { way: { ...way, shape: 'group' } }, 'group'],
  ['who called and takes no texts', { way: null }, 'no-way'],
  ['whose reply window is closed', { way: { ...way, blocked: 'too late' } }, 'window-closed'],
  ['whom the last message did not reach', { way: { ...way, unreachable: true } }, 'unreachable'],
  ['who said STOP', { way: { ...way, optedOut: true } }, 'opted-out'],
  ['who was asked a week ago', { askedAt: daysAgo(7) }, 'asked-lately'],
  ['who was asked just 14 days ago', { askedAt: daysAgo(14) }, null],
  ['who was asked today, of a queue that always asks', { askedAt: daysAgo(0.1), daysBetween: 0 }, null],
  ['of several reasons the first', { spoke: false, answered: false, way: null }, 'customer-silent'],
])('%s', (_, more, why) => expect(whyNot({ ...asks, ...more })).toBe(why));
