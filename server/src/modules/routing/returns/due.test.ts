import { describe, expect, it } from '@jest/globals';
import { DEFAULT_CAPACITY, type ChannelKind } from '@switchboard/contract';
import { dueChannels, returnOf, type Gone, type Held } from './due.ts';

const now = new Date('2026-03-02T10:00:00Z');
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const { sms } = DEFAULT_CAPACITY.channels;
const channels = { ...DEFAULT_CAPACITY.channels, sms: { ...sms, returnSeconds: 600 } };
const live = new Set<ChannelKind>(['webchat']);
const cutOff = (seconds: number): Gone => ({ from: ago(seconds), byChoice: false });
const left = (seconds: number): Gone => ({ from: ago(seconds), byChoice: true });
const chat: Held = { channel: 'webchat', waitingSince: ago(500), givenAt: ago(5000) };
const text: Held = { ...chat, channel: 'sms' };

describe('what goes back to the queue', () => {
  it.each<[string, Held, Gone, ReturnType<typeof returnOf>]>([
    ['a chat that waits, after a minute', chat, cutOff(60), { afterSeconds: 60 }],
    ['nothing before', chat, cutOff(59), null],
    ['nothing that the customer is to answer', { ...chat, waitingSince: null }, cutOff(5000), null],
    ['every chat of who chose to go, at once', { ...chat, waitingSince: null }, left(0), { afterSeconds: null }],
    ['no text of who chose to go, before its time', text, left(599), null],
    ['a text that waits, in its time', text, left(600), { afterSeconds: 600 }],
    ['no mail: it stays with its agent', { ...chat, channel: 'email' }, left(100_000), null],
    ['nothing that was given to them just now', { ...chat, givenAt: ago(10) }, cutOff(5000), null],
    ['not even by who chose to go', { ...chat, givenAt: ago(10) }, left(5000), null],
    ['but that, too, in its time', { ...chat, givenAt: ago(70) }, left(5000), { afterSeconds: 70 }],
  ])('is %s', (_, held, gone, expected) => {
    expect(returnOf(held, gone, channels, live, now)).toEqual(expected);
    if (expected !== null) expect(dueChannels(gone, channels, live, now)).toContain(held.channel);
  });

  it('is looked for only where something may be due', () => {
    expect(dueChannels(cutOff(59), channels, live, now)).toEqual([]);
    expect(dueChannels(left(0), channels, live, now)).toEqual(['webchat']);
    expect(dueChannels(cutOff(60), channels, live, now).toSorted()).toEqual(['voice', 'webchat']);
  });
});
