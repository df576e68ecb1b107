import { expect, it } from '@jest/globals';
import { traced } from '../log/trace.ts';
import { PoisonError } from './bus.ts';
import { decodeMessage, encodeMessage, messageIdOf } from './message-codec.ts';

const message = { topic: 'ticket.opened', key: 'ticket-1', id: 'm1', payload: { 'a.b': ['ü'], $set: null } };
const parent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;

it('brings a message back as it was', () => {
  expect(decodeMessage(encodeMessage(message))).toEqual(message);
});

it('sends the current trace along, unless the message has one', () => {
  traced(parent, () => {
    expect(decodeMessage(encodeMessage(message)).traceparent).toMatch(new RegExp(`^00-${'a'.repeat(32)}-`));
    expect(decodeMessage(encodeMessage({ ...message, traceparent: 'own' })).traceparent).toBe('own');
  });
});

it('refuses a message that is too large', () => {
  expect(() => encodeMessage({ ...message, payload: 'x'.repeat(4_000_000) })).toThrow('too large');
});

it.each(['', 'no JSON', '{}', '{"topic":"t","key":"k","id":7,"payload":1}'])('takes %j for poison', (body) => {
  expect(() => decodeMessage(body)).toThrow(PoisonError);
  expect(messageIdOf(body, 'none')).toBe('none');
});
