import { expect, it } from '@jest/globals';
import type { Span } from '../replay/scene.ts';
import { joined, spansOf, without, withStaff } from './duty.ts';

const HOUR = 3_600_000;
const week: Span = [Date.parse('2026-03-22T23:00:00Z'), Date.parse('2026-03-29T22:00:00Z')];
const berlin = 'Europe/Berlin';
const text = (spans: readonly Span[]) => spans.map((span) => span.map((at) => new Date(at).toISOString().slice(5, 16)));

it('joins what touches', () =>
  expect(
    joined([
      [3, 4],
      [1, 2],
      [2, 3],
      [6, 8],
      [7, 7],
    ]),
  ).toEqual([
    [1, 4],
    [6, 8],
  ]));
it('leaves what is not taken', () =>
  expect(
    without(
      [[0, 10]],
      [
        [2, 3],
        [5, 6],
        [9, 12],
      ],
    ),
  ).toEqual([
    [0, 2],
    [3, 5],
    [6, 9],
  ]));

it('is by the clock on the wall, also where that is moved', () =>
  expect(text(spansOf({ weekdays: [5, 7], from: '10:00', to: '24:00' }, week, berlin))).toEqual([
    ['03-27T09:00', '03-27T23:00'],
    ['03-29T08:00', '03-29T22:00'],
  ]));

it('adds people, and takes somebody away for some hours', () => {
  const ann = { id: 'ann', name: 'Ann', skills: [], queueIds: ['a'], capacity: null, duty: [week] };
  const friday = { weekdays: [5], from: '10:00', to: '12:00' };
  const [less, one, two] = withStaff(
    [ann],
    [
      { does: 'remove', agentId: 'ann', ...friday },
      { does: 'add', agents: 2, queueIds: ['b'], skills: [], ...friday },
    ],
    week,
    berlin,
  );
  const gone = week[1] - week[0] - (less?.duty ?? []).reduce((sum, [from, to]) => sum + to - from, 0);
  expect(gone).toBe(2 * HOUR);
  expect([one?.id, two?.id, one?.queueIds, one?.duty.length]).toEqual(['extra-1-0', 'extra-1-1', ['b'], 1]);
});
