import { expect, it } from '@jest/globals';
import type { Party } from '@switchboard/contract';
import type { Joined } from './find-thread.ts';
import { sameWriter } from './same-writer.ts';
import type { Thread } from '../thread.schema.ts';
import type { Ticket } from '../ticket.schema.ts';

const ada: Party = { externalId: '+1555', handles: [{ type: 'phone', value: '+1555' }] };
const at = (time: string) => new Date(`2026-03-02T10:${time}Z`);

function place(thread: Partial<Thread> = {}): Joined {
  const usual = { shape: 'direct', customerId: 'c1', recipient: ada, lastInboundAt: at('05:10'), ...thread };
  return { thread: usual as Thread, ticket: { customerId: 'c1', customerName: 'Ada' } as Ticket, by: 'thread' };
}

it.each<[string, Joined, Party, string, boolean]>([
  ['who comes as before', place(), { ...ada, handles: [...ada.handles] }, '05:59', true],
  ['the first message of a minute', place(), ada, '06:00', false],
  ['the first message at all', place({ lastInboundAt: null }), ada, '05:11', false],
  ['a new name', place(), { ...ada, displayName: 'Ada' }, '05:11', false],
  [
    'another identity',
    place(),
    { ...ada, handles: [...ada.handles, { type: 'email', value: 'a@b.c' }] },
    '05:11',
    false,
  ],
  ['another participant', place(), { ...ada, externalId: '+1556' }, '05:11', false],
  ['a group', place({ shape: 'group' }), ada, '05:11', false],
  ['a ticket of somebody else', place({ customerId: 'c2' }), ada, '05:11', false],
])('%s', (_, joined, sender, now, known) =>
  expect(sameWriter(joined, sender, at(now))).toEqual(known ? { _id: 'c1', name: 'Ada' } : null),
);
