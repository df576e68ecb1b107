import { describe, expect, it } from '@jest/globals';
import { DEFAULT_CAPACITY, type ChannelKind } from '@switchboard/contract';
import { loadOf, noRoom, type Work } from './capacity.ts';

const { channels } = DEFAULT_CAPACITY;
const now = new Date('2026-03-02T10:00:00Z');
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const work = (channel: ChannelKind, minutes = 0, waits = false): Work => ({
  ticketId: `${channel}-${minutes}`,
  channel,
  waitingSince: waits ? ago(minutes) : null,
  lastWordAt: ago(minutes),
});
const room = (works: Work[], capacity: number, wanted: ChannelKind) =>
  noRoom(loadOf(works, channels, now), capacity, channels[wanted]);

describe('what an agent has in work', () => {
  it.each<[string, Work[], number]>([
    ['nothing', [], 0],
    ['a chat, a text and a mail', [work('webchat'), work('sms'), work('email')], 1.84],
    ['three mails, though 0.34 is no exact number', [work('email'), work('email', 1), work('email', 2)], 1.02],
    ['a chat whose customer has been silent for less than five minutes', [work('webchat', 4)], 1],
    ['not one who has been silent for longer', [work('webchat', 5)], 0],
    ['one who waits for us, however long', [work('webchat', 500, true)], 1],
    ['a call to its end', [work('voice', 500)], 1],
  ])('counts %s', (_, works, used) => expect(loadOf(works, channels, now).used).toBeCloseTo(used, 5));

  it.each<[string, Work[], number, ChannelKind, string | null]>([
    ['what just fits', [work('webchat')], 2, 'webchat', null],
    ['a text where half is left', [work('webchat')], 1.5, 'sms', null],
    ['no chat where half is left', [work('webchat')], 1.5, 'webchat', 'full'],
    ['nothing to who takes nothing', [], 0, 'email', 'full'],
    ['three mails of a third each', [work('email'), work('email', 1)], 1.02, 'email', null],
    ['nothing beside a call', [work('voice')], 100, 'email', 'exclusive'],
    ['no call beside something else', [work('email')], 100, 'voice', 'exclusive'],
    ['a call to who has only idle chats', [work('webchat', 9)], 1, 'voice', null],
  ])('gives %s', (_, works, capacity, wanted, expected) => expect(room(works, capacity, wanted)).toBe(expected));
});
