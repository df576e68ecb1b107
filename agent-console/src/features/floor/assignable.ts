import type { FloorTicket } from '@switchboard/contract';
import type { Assignable } from '../conversation/actions.ts';
import { floor } from './floor.svelte.ts';

/** A ticket of the floor as one that can be given away, and back. */
export function assignable({ id, assigneeId, queueId }: FloorTicket): Assignable {
  return {
    id,
    assignee: assigneeId === null ? null : { id: assigneeId, name: floor.agent(assigneeId)?.name ?? '' },
    queue: { id: queueId, name: floor.queue(queueId)?.name ?? '' },
  };
}
