import { describe, expect, it } from '@jest/globals';
import type { Passport } from '@switchboard/contract';
import { stepsOf } from './passport.ts';

const at = (ms: number) => new Date(Date.UTC(2026, 2, 2, 10) + ms).toISOString();
const shown = (passport: Passport, direction: 'in' | 'out' = 'in') =>
  stepsOf(passport, direction).map(({ name, sinceLast }) => [name, sinceLast]);

describe('the steps of a passport', () => {
  it('stand in the order of the flow, with the time between', () =>
    expect(
      shown({ storedAt: at(40), receivedAt: at(0), verifiedAt: at(1), pushedAt: at(55), seenAt: at(900) }),
    ).toEqual([
      ['receivedAt', null],
      ['verifiedAt', 1],
      ['storedAt', 39],
      ['pushedAt', 15],
      ['seenAt', 845],
    ]));

  it('do not measure from the clock of the sender', () =>
    expect(shown({ occurredAt: at(-5000), receivedAt: at(0) })).toEqual([
      ['occurredAt', null],
      ['receivedAt', null],
    ]));

  it.each([
    ['before', 50, ['storedAt', 'assignedAt', 'pushedAt', 'seenAt']],
    ['as', 40, ['storedAt', 'assignedAt', 'pushedAt', 'seenAt']],
    ['after', 70, ['storedAt', 'pushedAt', 'assignedAt', 'seenAt']],
    ['last of all', 9000, ['storedAt', 'pushedAt', 'seenAt', 'assignedAt']],
  ])('show the agent where it comes: %s', (_, assigned, order) => {
    const passport = { storedAt: at(40), assignedAt: at(assigned), pushedAt: at(55), seenAt: at(900) };
    expect(shown(passport).map(([name]) => name)).toEqual(order);
  });

  it('are never less than nothing where clocks differ', () =>
    expect(shown({ queuedAt: at(10), claimedAt: at(7) }, 'out')).toEqual([
      ['queuedAt', null],
      ['claimedAt', 0],
    ]));

  it('say of what a later report has overtaken that it was not reported, and measure nothing from it', () =>
    expect(
      stepsOf(
        {
          storedAt: at(0),
          queuedAt: at(2),
          claimedAt: at(5),
          acceptedAt: at(105),
          deliveredAt: at(900),
          readAt: at(1900),
        },
        'out',
      ).map((step) => [step.name, step.at === null, step.sinceLast]),
    ).toEqual([
      ['storedAt', false, null],
      ['queuedAt', false, 2],
      ['claimedAt', false, 3],
      ['acceptedAt', false, 100],
      ['sentAt', true, null],
      ['deliveredAt', false, null],
      ['readAt', false, 1000],
    ]));

  it('leave out what is still to come, and steps of ours whose time is lost', () =>
    expect(shown({ storedAt: at(0), acceptedAt: at(105) }, 'out')).toEqual([
      ['storedAt', null],
      ['acceptedAt', 105],
    ]));

  it('call storing what it is for each direction', () =>
    expect((['in', 'out'] as const).map((direction) => stepsOf({ storedAt: at(0) }, direction)[0]?.label)).toEqual([
      'passport.in.storedAt',
      'passport.out.storedAt',
    ]));
});
