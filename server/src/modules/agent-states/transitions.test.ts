import { describe, expect, it } from '@jest/globals';
import type { AgentState } from '@switchboard/contract';
import type { Chosen, Reason } from '../agents/index.ts';
import { next, type StateEvent } from './transitions.ts';

const at = (second: number) => new Date(Date.UTC(2026, 2, 2, 10, 0, second));
const lunch: Reason = { id: 'lunch', name: 'Lunch', unavailable: true };
const meeting: Reason = { id: 'meeting', name: 'Meeting', unavailable: true };
const inactivity: Reason = { id: 'inactivity', name: 'Inactivity', unavailable: true };
const a = (state: AgentState, reason: Reason | null = null, more: Partial<Chosen> = {}): Chosen => ({
  state,
  reason,
  chosenAt: at(0),
  until: null,
  back: null,
  ...more,
});
const wrapping = (until: number, back: Chosen['back'] = { state: 'ready', reason: null }) =>
  a('wrap-up', null, { until: at(until), back });

const chooses = (state: 'ready' | 'busy' | 'away' | 'offline', reason: Reason | null = null): StateEvent => ({
  kind: 'chosen',
  at: at(5),
  state,
  reason,
});
const resolves: StateEvent = { kind: 'work-ended', at: at(5), until: at(35) };
const isOver = (second: number): StateEvent => ({ kind: 'wrap-up-over', at: at(second) });
const sleeps: StateEvent = { kind: 'inactive', at: at(5), reason: inactivity };
const wakes: StateEvent = { kind: 'active', at: at(5) };

const words = (chosen: Chosen | null) => chosen && [chosen.state, chosen.reason?.id ?? null, chosen.until];

describe('a state', () => {
  it.each<[string, Chosen, StateEvent, AgentState | null, string | null, Date | null]>([
    ['becomes what is chosen', a('ready'), chooses('away', lunch), 'away', 'lunch', null],
    ['changes its reason alone', a('away', lunch), chooses('away'), 'away', null, null],
    ['ends a wrap-up by choice', wrapping(30), chooses('ready'), 'ready', null, null],
    ['is wrap-up after work', a('ready'), resolves, 'wrap-up', null, at(35)],
    ['is wrap-up after work that a busy one has ended', a('busy'), resolves, 'wrap-up', null, at(35)],
    ['is wrap-up for longer after the next', wrapping(20), resolves, 'wrap-up', null, at(35)],
    ['is wrap-up for no shorter after the next', wrapping(50), resolves, 'wrap-up', null, at(50)],
    ['goes back when the time is over', wrapping(30), isOver(30), 'ready', null, null],
    ['goes back to being busy', wrapping(30, { state: 'busy', reason: meeting }), isOver(31), 'busy', 'meeting', null],
    ['is away when nobody is there', a('ready'), sleeps, 'away', 'inactivity', null],
    ['is away when nobody wraps up', wrapping(30), sleeps, 'away', 'inactivity', null],
    ['is away when a busy one without a reason is not there', a('busy'), sleeps, 'away', 'inactivity', null],
    ['is away when an offer was let pass', a('ready'), { kind: 'offer-missed', at: at(5) }, 'away', null, null],
  ])('%s', (_, from, event, state, reason, until) => expect(words(next(from, event))).toEqual([state, reason, until]));

  it.each<[string, Chosen, StateEvent]>([
    ['is chosen again', a('away', lunch), chooses('away', lunch)],
    ['is away while work ends', a('away', lunch), resolves],
    ['is offline while work ends', a('offline'), resolves],
    ['was chosen after the work had ended', a('ready', null, { chosenAt: at(6) }), resolves],
    ['has wrapped this work up already', a('wrap-up', null, { chosenAt: at(5), until: at(65) }), resolves],
    ['was prolonged, and its first timer comes', wrapping(90), isOver(30)],
    ['was left before its timer comes', a('busy'), isOver(30)],
    ['is a meeting, in which nobody touches anything', a('busy', meeting), sleeps],
    ['is a lunch', a('away', lunch), sleeps],
    ['is a lunch in which somebody touches something', a('away', lunch), wakes],
    ['is offline by choice', a('offline'), sleeps],
  ])('stays when it %s', (_, from, event) => expect(next(from, event)).toBeNull());

  it.each<[Chosen, AgentState, string | null]>([
    [a('ready'), 'ready', null],
    [a('busy'), 'busy', null],
    // The wrap-up is over by then.
    [wrapping(30), 'ready', null],
    [wrapping(30, { state: 'busy', reason: meeting }), 'busy', 'meeting'],
  ])('comes back from inactivity to what it was', (from, state, reason) => {
    const away = next(from, sleeps) as Chosen;
    expect(words(next(away, wakes))).toEqual([state, reason, null]);
  });
});
