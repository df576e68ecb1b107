import { expect, it } from '@jest/globals';
import type { Amendment, MessageEntry } from '@switchboard/contract';
import { expected, isOurReaction } from './offers.ts';

const text = (words: string) => [{ type: 'text' as const, text: words }];
const by = { kind: 'agent' as const, id: 'ada', name: 'Ada' };
const at = '2026-03-02T10:00:00.000Z';
const customers = { emoji: '❤', at, by: { id: 'customer', name: 'Grace' } };
const ours = { emoji: '👍', at, by: { id: 'account', name: 'Ada' } };
const asked = (change: object, state: Amendment['state'] = 'pending') =>
  ({ id: crypto.randomUUID(), by, at, state, ...change }) as Amendment;
const message = (...amendments: Amendment[]) =>
  ({ parts: text('before'), reactions: [customers, ours], channelAccountId: 'account', amendments }) as MessageEntry;
const edit = (words: string, state?: Amendment['state']) => asked({ kind: 'edit', parts: text(words) }, state);
const react = (emoji: string, added: boolean) => asked({ kind: 'react', emoji, added });
const emoji = (shown: Pick<MessageEntry, 'reactions'>) => shown.reactions?.map((one) => one.emoji);

it('shows the last words that are on their way, and the old ones again where they were refused', () => {
  expect(expected(message(edit('one'), edit('two')), true).parts).toEqual(text('two'));
  expect(expected(message(edit('one', 'failed'), edit('two', 'unknown')), true).parts).toEqual(text('before'));
  expect(expected(message(asked({ kind: 'delete' })), true).isGoing).toBe(true);
  expect(expected(message(asked({ kind: 'delete' }, 'failed')), true).isGoing).toBe(false);
});

it('keeps one reaction of ours where the provider does, and never touches the customer’s', () => {
  expect(emoji(expected(message(react('🎉', true)), true))).toEqual(['❤', '🎉']);
  expect(emoji(expected(message(react('🎉', true)), false))).toEqual(['❤', '👍', '🎉']);
  expect(emoji(expected(message(react('👍', false)), true))).toEqual(['❤']);
  expect(isOurReaction(message(), '👍')).toBe(true);
  expect(isOurReaction(message(), '❤')).toBe(false);
});
