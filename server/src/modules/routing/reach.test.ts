import { describe, expect, it } from '@jest/globals';
import { DEFAULT_QUEUE_ROUTING, type Overflow, type QueueHours, type QueueRouting } from '@switchboard/contract';
import { reachOf } from './reach.ts';

const offer = (afterSeconds: number | null, ...queueIds: string[]): Overflow => ({
  afterSeconds,
  does: 'offer',
  queueIds,
});
const move = (afterSeconds: number | null, queueId: string): Overflow => ({
  afterSeconds,
  does: 'move',
  queueIds: [queueId],
});
const queue = (overflow: Overflow[], whenClosed: QueueHours['whenClosed'] = 'wait'): QueueRouting => ({
  ...DEFAULT_QUEUE_ROUTING,
  overflow,
  hours: { calendarId: 'weekdays', whenClosed },
});
const sales = (seconds: number, overflowedFrom: string[] = []) => ({
  queueId: 'sales',
  waitedMs: seconds * 1000,
  overflowedFrom,
});
const reach = (
  routing: QueueRouting,
  { after = 0, closed = [], from = [] }: { after?: number; closed?: string[]; from?: string[] } = {},
) => {
  const { queueIds, moveTo } = reachOf(sales(after, from), routing, (id) => closed.includes(id));
  return [queueIds.join(' '), moveTo?.queueId ?? null];
};

describe('where a ticket may go', () => {
  const both = queue([offer(120, 'support', 'billing'), move(300, 'care')]);
  it.each([
    ['its own queue at first', reach(both), ['sales', null]],
    ['nowhere else a second too early', reach(both, { after: 119 }), ['sales', null]],
    ['helped after a time', reach(both, { after: 120 }), ['sales support billing', null]],
    ['moved later', reach(both, { after: 300 }), ['sales support billing', 'care']],
    ['not back to where it came from', reach(both, { after: 300, from: ['care'] }), ['sales support billing', null]],
    ['not to who is closed', reach(both, { after: 300, closed: ['support', 'care'] }), ['sales billing', null]],
    ['to nobody while closed', reach(both, { after: 300, closed: ['sales'] }), ['', null]],
  ])('%s', (_, found, expected) => expect(found).toEqual(expected));

  const closed = { closed: ['sales'] };
  const night = [offer(null, 'night'), move(60, 'care')];
  it.each([
    ['open: the step for closed hours is none', reach(queue(night, 'overflow')), ['sales', null]],
    ['closed: others alone', reach(queue(night, 'overflow'), closed), ['night', null]],
    ['closed and late: moved', reach(queue(night, 'overflow'), { after: 60, ...closed }), ['night', 'care']],
    ['routed all the same', reach(queue(night, 'route'), closed), ['sales night', null]],
    ['no help from oneself', reach(queue([offer(1, 'sales')]), { after: 2 }), ['sales', null]],
  ])('%s', (_, found, expected) => expect(found).toEqual(expected));

  it('says since when others help', () =>
    expect(reachOf(sales(130), queue([offer(120, 'support'), offer(60, 'billing', 'support')]), () => false)).toEqual({
      queueIds: ['sales', 'support', 'billing'],
      helped: [
        { queueId: 'support', afterSeconds: 120 },
        { queueId: 'billing', afterSeconds: 60 },
      ],
      moveTo: null,
    }));
});
