import type { Caller } from '../../platform/http/hub-request.ts';

/** Supervisors and administrators see everything, agents what waits in their queues. */
export const mayRead = (caller: Pick<Caller, 'role' | 'queueIds'>, queueId: string): boolean =>
  caller.role !== 'agent' || caller.queueIds.includes(queueId);
