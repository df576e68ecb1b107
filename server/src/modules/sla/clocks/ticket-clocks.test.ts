import { describe, expect, it } from '@jest/globals';
import type { TicketStatus } from '@switchboard/contract';
import { always, calendarOf } from '../../calendars/index.ts';
import { escalation, type HistoryEvent } from './escalation.ts';
import type { ServiceRules } from './ticket-clocks.ts';

// 2026-03-02 is a Monday.
const at = (minute: number) => new Date(Date.UTC(2026, 2, 2, 10, minute));
const minutesAfter = (date: Date | null | undefined) =>
  date == null ? null : (date.getTime() - at(0).getTime()) / 60_000;
const customer = (minute: number): HistoryEvent => ({ at: at(minute), type: 'customer-wrote' });
const agent = (minute: number): HistoryEvent => ({ at: at(minute), type: 'agent-replied' });
const status = (minute: number, to: TicketStatus): HistoryEvent => ({
  at: at(minute),
  type: 'status-changed',
  status: to,
});
const hour = 3_600_000;

function rules(with_: Partial<ServiceRules> = {}): ServiceRules {
  const targets = { firstResponse: hour, nextResponse: hour / 2, resolution: 4 * hour };
  return { calendar: always, targets, pauseWhilePending: 'resolution', warnBefore: null, ...with_ };
}
const told = (history: HistoryEvent[], with_: Partial<ServiceRules> = {}) => escalation(rules(with_), at(0), history);

describe('the first response', () => {
  it('is due from the customer’s first message on, whatever they write next', () => {
    expect(minutesAfter(told([customer(5), customer(20)]).firstResponse?.dueAt)).toBe(65);
  });

  it('is not owed where the centre wrote first, until the customer answers', () => {
    expect(told([agent(0)])).toMatchObject({ firstResponse: null, nextResponse: null, next: 'resolution' });
    expect(minutesAfter(told([agent(0), customer(10)]).firstResponse?.dueAt)).toBe(70);
  });

  it.each([
    [30, 30, 30],
    [60, 60, 0],
    [75, 75, -15],
  ])('after %i minutes took %i and left %i', (minute, minutes, slackMinutes) => {
    expect(told([customer(0), agent(minute)]).firstResponse).toMatchObject({ minutes, slackMinutes });
  });

  it('counts on while pending, unless the policy pauses everything', () => {
    const history = [customer(0), status(10, 'pending'), status(40, 'open')];
    expect(minutesAfter(told(history).firstResponse?.dueAt)).toBe(60);
    expect(minutesAfter(told(history, { pauseWhilePending: 'all' }).firstResponse?.dueAt)).toBe(90);
    const paused = told(history.slice(0, 2), { pauseWhilePending: 'all' });
    expect(paused).toMatchObject({ firstResponse: { dueAt: null }, next: null });
  });

  it('leaves the time pending out of what it took', () => {
    const history = [customer(0), status(10, 'pending'), status(40, 'open'), agent(50)];
    expect(told(history, { pauseWhilePending: 'all' }).firstResponse).toMatchObject({ minutes: 20, slackMinutes: 40 });
  });

  it('is a new promise for a ticket that was resolved without one and comes back', () => {
    const history = [customer(0), status(30, 'resolved'), customer(500)];
    expect(minutesAfter(told(history).firstResponse?.dueAt)).toBe(560);
    expect(told(history.slice(0, 2)).next).toBeNull();
  });

  it('is as late as it comes, also for a ticket that was resolved before', () => {
    expect(told([customer(0), status(30, 'resolved'), agent(90)]).firstResponse).toMatchObject({ minutes: 90 });
  });
});

describe('the next response', () => {
  it('is due from the begin of each later turn', () => {
    const { nextResponse, answered } = told([
      customer(0),
      agent(10),
      customer(20),
      customer(25),
      agent(35),
      customer(50),
    ]);
    expect(minutesAfter(nextResponse?.dueAt)).toBe(80);
    expect(answered.map(({ minutes }) => minutes)).toEqual([15]);
  });

  it('is not owed during the first turn, but where nothing else is', () => {
    const targets = { firstResponse: null, nextResponse: hour, resolution: null };
    expect(told([customer(10)]).nextResponse).toBeNull();
    expect(minutesAfter(told([customer(10), customer(20)], { targets }).nextResponse?.dueAt)).toBe(70);
    expect(told([customer(10), agent(20)], { targets }).nextResponse).toBeNull();
  });
});

describe('the resolution', () => {
  it('is due from the opening on, less the time pending on the customer', () => {
    expect(minutesAfter(told([customer(0)]).resolution.dueAt)).toBe(240);
    const pending = [customer(0), agent(10), status(10, 'pending')];
    expect(told(pending).resolution.dueAt).toBeNull();
    expect(minutesAfter(told([...pending, customer(70)]).resolution.dueAt)).toBe(300);
    expect(minutesAfter(told([...pending, customer(70)], { pauseWhilePending: 'none' }).resolution.dueAt)).toBe(240);
  });

  it('keeps to the second what pausing shifts', () => {
    const moved = (from: string, to: string) => [
      { at: new Date(from), type: 'status-changed', status: 'pending' } as const,
      { at: new Date(to), type: 'status-changed', status: 'open' } as const,
    ];
    const history = [
      ...moved('2026-03-02T10:00:07Z', '2026-03-02T10:17:19Z'),
      ...moved('2026-03-02T11:59:59Z', '2026-03-02T12:00:00Z'),
    ];
    expect(told(history).resolution.dueAt).toEqual(new Date('2026-03-02T14:17:13Z'));
  });

  it('keeps its end through a hundred pauses', () => {
    const pauses = Array.from({ length: 100 }, (_, nth) => [
      status(2 * nth + 1, 'pending'),
      status(2 * nth + 2, 'open'),
    ]);
    expect(minutesAfter(told(pauses.flat()).resolution.dueAt)).toBe(240 + 100);
  });

  it('stays overdue while it stands still', () => {
    const { resolution } = told([customer(0), status(300, 'pending')]);
    expect(minutesAfter(resolution.dueAt)).toBe(240);
  });

  it('counts on after a reopening, without the time in between', () => {
    const done = [customer(0), agent(100), status(100, 'resolved')];
    expect(told(done).resolution).toMatchObject({ minutes: 100, slackMinutes: 140 });
    expect(minutesAfter(told([...done, customer(1000)]).resolution.dueAt)).toBe(1140);
    const again = told([...done, customer(1000), agent(1050), status(1050, 'resolved')]);
    expect(again.resolution).toMatchObject({ minutes: 150, slackMinutes: 90 });
  });
});

describe('in business time', () => {
  const office = calendarOf({
    timeZone: 'Europe/Berlin',
    hours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '09:00', to: '12:00' })),
  });

  it('is due, paused and measured while somebody is there', () => {
    const targets = { firstResponse: hour, nextResponse: null, resolution: 2 * hour };
    const calendar = { calendar: office, targets };
    // In Berlin it is 11:30 to the customer, and 11:00 at the opening.
    expect(told([customer(30)], calendar).firstResponse?.dueAt).toEqual(new Date('2026-03-03T08:30:00Z'));
    const history = [status(30, 'pending'), { ...status(0, 'open'), at: new Date('2026-03-03T08:15:00Z') }];
    expect(told(history, calendar).resolution.dueAt).toEqual(new Date('2026-03-03T09:45:00Z'));
  });

  it('is never due in a calendar that is never open', () => {
    expect(told([customer(0)], { calendar: null })).toMatchObject({ firstResponse: { dueAt: null }, next: null });
  });
});

describe('what escalates next', () => {
  it.each([
    ['the first response', { firstResponse: 60, nextResponse: 120, resolution: 180 }, 'firstResponse'],
    ['the resolution', { firstResponse: 60, nextResponse: 120, resolution: 30 }, 'resolution'],
    ['nothing without targets', { firstResponse: 0, nextResponse: null, resolution: null }, null],
  ] as const)('is %s', (_, minutes, next) => {
    const ms = (value: number | null) => (value === null ? null : value * 60_000);
    const targets = {
      firstResponse: ms(minutes.firstResponse),
      nextResponse: ms(minutes.nextResponse),
      resolution: ms(minutes.resolution),
    };
    expect(told([customer(0)], { targets }).next).toBe(next);
  });
});
