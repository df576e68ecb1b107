import { expect, it } from '@jest/globals';
import type { EntryView, HeldEntry } from '@switchboard/contract';
import { standing } from './standing.ts';

const held = (seq: number, state: HeldEntry['state'] = 'waiting') =>
  ({ id: `h${seq}`, seq, type: 'held', clientId: `c${seq}`, state }) as HeldEntry;
const sent = (seq: number) => ({ id: `m${seq}`, seq: 90 + seq, type: 'message', clientId: `c${seq}` }) as EntryView;
const ids = (entries: readonly HeldEntry[]) => entries.map(({ id, state }) => `${id} ${state}`);

it('shows what waits and what came back, oldest first', () => {
  expect(ids(standing([held(5)], [held(3), sent(1)]))).toEqual(['h3 waiting', 'h5 waiting']);
  expect(ids(standing([held(3), held(5)], [held(3, 'returned')]))).toEqual(['h3 returned', 'h5 waiting']);
});

it('lets go what went out, however that is heard of, and what was discarded', () => {
  expect(standing([held(3)], [held(3, 'released')])).toEqual([]);
  expect(standing([held(3)], [sent(3)])).toEqual([]);
  expect(standing([], [held(3), sent(3)])).toEqual([]);
  expect(standing([held(3, 'returned')], [held(3, 'discarded')])).toEqual([]);
});
