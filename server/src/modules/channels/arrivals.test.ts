import { expect, it } from '@jest/globals';
import { isNews, refusedSince } from './arrivals.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 28, 12, 0, seconds));
const refused = (seconds: number, reason = 'The signature is wrong') => ({
  refused: { at: at(seconds), status: 403, reason },
});
const received = (seconds: number) => ({ lastInboundAt: at(seconds) });
type Arrival = Parameters<typeof isNews>[0];

it.each<[string, boolean, Arrival, Arrival]>([
  ['the first message', true, {}, received(1)],
  ['one of many messages', false, received(1), received(2)],
  ['the first connection', true, {}, { connectedAt: at(1) }],
  ['a connection that came back', false, { connectedAt: at(1) }, { connectedAt: at(9) }],
  ['a message after a refusal', true, { ...received(1), ...refused(2) }, received(3)],
  ['a message long after a refusal that others followed', false, { ...refused(1), ...received(2) }, received(3)],
  ['the first refusal', true, {}, refused(1)],
  ['a refusal after a good message', true, { ...refused(1), ...received(2) }, refused(3)],
  ['the same refusal again', false, refused(1), refused(4)],
  ['the same refusal, later', true, refused(1), refused(30)],
  ['another refusal', true, refused(1), refused(2, 'The header is missing')],
  ['something sent', false, {}, {}],
])('consoles hear of %s: %s', (_, expected, before, now) => {
  expect(isNews(before, now)).toBe(expected);
});

it('knows since when nothing good has come', () => {
  const again = { refused: { ...refused(2).refused, since: at(1) } };
  expect(refusedSince({}, at(5))).toEqual(at(5));
  expect(refusedSince(refused(2), at(5))).toEqual(at(2));
  expect(refusedSince(again, at(5))).toEqual(at(1));
  expect(refusedSince({ ...again, ...received(3) }, at(5))).toEqual(at(5));
});
