import { z } from 'zod';
import { Id } from '../common.ts';
import type { Endpoint } from '../endpoint.ts';
import { Floor, FloorTicket } from '../floor.ts';
import { NoteEntry } from '../views.ts';
import { page, paging } from './shared.ts';

/** The supervisors' floor. What changes on it is pushed over the socket (`watchFloor`). */
export const floorApi = {
  'floor.read': {
    method: 'GET',
    path: '/floor',
    access: 'supervisor',
    summary: 'Queues, agents and what they have, as of now',
    reply: Floor,
  },
  'floor.tickets': {
    method: 'GET',
    path: '/floor/tickets',
    access: 'supervisor',
    summary: 'Open tickets of a queue: those that wait, the longest first; that nobody has; or whose clock is over',
    query: z.object({
      ...paging,
      queueId: Id.optional(),
      only: z.enum(['open', 'waiting', 'unassigned', 'overdue']).default('open'),
    }),
    reply: page(FloorTicket),
  },
  'floor.whisper': {
    method: 'POST',
    path: '/floor/tickets/:id/whispers',
    access: 'supervisor',
    summary: 'An internal note that is shown to whoever has the ticket at once',
    body: z.object({ clientId: Id, text: z.string().trim().min(1).max(20_000) }),
    reply: NoteEntry,
  },
} as const satisfies Record<string, Endpoint>;
