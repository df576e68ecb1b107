import { expect, it } from '@jest/globals';
import { ChannelKind, channelNames } from './common.ts';
import { Capacity, completedCapacity, DEFAULT_CAPACITY } from './routing.ts';

it('knows every channel that has a name', () => {
  expect(ChannelKind.options).toEqual(Object.keys(channelNames));
  expect(Object.keys(Capacity.parse(DEFAULT_CAPACITY).channels)).toEqual(ChannelKind.options);
});

it('weighs a channel that nothing was said of as a text message', () => {
  const { telegram, sms } = DEFAULT_CAPACITY.channels;
  expect(telegram).toEqual(sms);
});

it('reads what was stored before a channel, or one of its settings, was thought of', () => {
  const { wrapUpSeconds: _, ...older } = { ...DEFAULT_CAPACITY.channels.voice, weight: 3 };
  const stored = { perAgent: 7, channels: { voice: older } };
  expect(Capacity.safeParse(stored).success).toBe(false);
  expect(Capacity.parse(completedCapacity(stored))).toEqual({
    perAgent: 7,
    channels: { ...DEFAULT_CAPACITY.channels, voice: { ...DEFAULT_CAPACITY.channels.voice, weight: 3 } },
  });
});
