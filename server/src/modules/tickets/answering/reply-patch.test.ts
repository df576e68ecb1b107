import { describe, expect, it } from '@jest/globals';
import { replyPatch, statusPatch } from './reply-patch.ts';
import type { Ticket } from '../ticket.schema.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 2, 2, 10, minute));
const aTicket = (with_: Partial<Ticket> = {}): Ticket =>
  ({
    status: 'open',
    active: true,
    replyCount: 0,
    waitingSince: at(0),
    pendingMs: 0,
    pendingSince: null,
    firstResolvedAt: null,
    resolvedAt: null,
    ...with_,
  }) as Ticket;

describe('a reply', () => {
  it('ends the customer’s wait, and is counted', () => {
    expect(replyPatch(aTicket(), at(5), undefined)).toMatchObject({ waitingSince: null, replyCount: 1 });
  });

  it('opens a new ticket, wakes a snoozed one, and leaves a resolved one resolved', () => {
    const after = (status: Ticket['status']) => replyPatch(aTicket({ status }), at(5), undefined).status;
    expect([after('new'), after('snoozed'), after('resolved'), after('pending')]).toEqual([
      'open',
      'open',
      'resolved',
      'pending',
    ]);
  });

  it('takes the status that the agent chose', () => {
    expect(replyPatch(aTicket(), at(5), 'resolved')).toMatchObject({
      status: 'resolved',
      active: false,
      resolvedAt: at(5),
      firstResolvedAt: at(5),
    });
  });
});

describe('a change of status', () => {
  it('counts the time pending on the customer, spell by spell', () => {
    const pending = { ...aTicket(), ...statusPatch(aTicket(), 'pending', at(0)) } as Ticket;
    expect(pending.pendingSince).toEqual(at(0));
    const open = { ...pending, ...statusPatch(pending, 'open', at(10)) } as Ticket;
    expect(open).toMatchObject({ pendingMs: 600_000, pendingSince: null });
    const again = { ...open, ...statusPatch(open, 'pending', at(20)) } as Ticket;
    expect(statusPatch(again, 'resolved', at(25))).toMatchObject({ pendingMs: 900_000, pendingSince: null });
  });

  it('keeps the first resolution through reopening', () => {
    const resolved = { ...aTicket(), ...statusPatch(aTicket(), 'resolved', at(10)) } as Ticket;
    const reopened = { ...resolved, ...statusPatch(resolved, 'open', at(20)) } as Ticket;
    expect(reopened).toMatchObject({ resolvedAt: null, firstResolvedAt: at(10), active: true });
    expect(statusPatch(reopened, 'resolved', at(30))).toMatchObject({ resolvedAt: at(30), firstResolvedAt: at(10) });
  });

  it('sets the end of a snooze, and takes it away with the snooze', () => {
    expect(statusPatch(aTicket(), 'snoozed', at(0), at(30))).toMatchObject({ snoozedUntil: at(30), active: false });
    expect(statusPatch(aTicket({ status: 'snoozed', snoozedUntil: at(30) }), 'open', at(10))).toMatchObject({
      snoozedUntil: null,
    });
  });
});
