import { expect, it } from '@jest/globals';
import { replyTimeText } from './reply-time.ts';
import { panelTexts, launcherTexts, textsOf } from './texts.ts';
import type { TextKey } from './texts.ts';

const textsFor = (overrides: Record<string, string> = {}, languages = ['en-GB']) =>
  textsOf<TextKey>(panelTexts, overrides, languages);

it.each([
  [{}, ['en'], 'Send'],
  [{ send: 'Post' }, ['en'], 'Post'],
  [{ send: 'Post', 'de:send': 'Senden' }, ['de-AT', 'en'], 'Senden'],
  [{ send: 'Post', 'de:send': 'Senden' }, ['fr', 'en'], 'Post'],
  [{ 'de:close': 'Zu' }, ['de'], 'Send'],
  [{ send: '' }, ['en'], 'Send'],
])('with %j for %j the button says %s', (overrides, languages, expected) => {
  expect(textsFor(overrides as Record<string, string>, languages)('send')).toBe(expected);
});

it('puts values in, and leaves what it does not know', () => {
  const texts = textsFor({ typing: '{name} types {what}' });
  expect(texts('typing', { name: 'Ada {name}' })).toBe('Ada {name} types {what}');
});

it('counts in the language of the texts', () => {
  const overrides = {
    'pl:unread_one': '{count} one',
    'pl:unread_few': '{count} few',
    'pl:unread_many': '{count} many',
  };
  const english = textsOf<'unread'>(launcherTexts, {}, ['en']);
  const polish = textsOf<'unread'>(launcherTexts, overrides, ['pl']);
  expect([1, 2].map((count) => english('unread', { count }))).toEqual(['1 unread message', '2 unread messages']);
  expect([1, 2, 5].map((count) => polish('unread', { count }))).toEqual(['1 one', '2 few', '5 many']);
});

it.each([
  [0, 20, 'Answers in a minute'],
  [30, 290, 'Answers in 1–5 min'],
  [290, 295, 'Answers in 4–5 min'],
  [600, 9000, 'Answers within 3 h'],
])('an answer expected in %d to %d seconds: %s', (fromSeconds, toSeconds, expected) => {
  expect(replyTimeText(textsFor(), { fromSeconds, toSeconds })).toBe(expected);
});
