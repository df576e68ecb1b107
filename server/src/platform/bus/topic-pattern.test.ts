import { expect, it } from '@jest/globals';
import { matchesTopic } from './topic-pattern.ts';

it.each([
  ['ticket.opened', 'ticket.opened', true],
  ['ticket.opened', 'ticket.opened.again', false],
  ['ticket.*', 'ticket.opened', true],
  ['ticket.*', 'ticket', false],
  ['ticket.*', 'ticket.opened.again', false],
  ['*.opened', 'ticket.opened', true],
  ['#', 'ticket.opened', true],
  ['ticket.#', 'ticket', true],
  ['ticket.#', 'ticket.opened.again', true],
  ['#.received', 'inbound.sms.message.received', true],
  ['#.received', 'inbound.sms.message.sent', false],
  ['inbound.#.received', 'inbound.received', true],
  ['inbound.*.#', 'inbound.sms', true],
  ['inbound.*.#', 'inbound', false],
])('the pattern %s and the topic %s: %s', (pattern, topic, matches) => {
  expect(matchesTopic(pattern, topic)).toBe(matches);
});
