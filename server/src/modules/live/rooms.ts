/** Rooms of the `/console` sockets. Every console is in `agents`, `agent:<id>` and `session:<id>` besides. */
export { ticketRoom } from '../tickets/index.ts';
export const queueRoom = (queueId: string): string => `queue:${queueId}`;
/** Supervisors and administrators read every queue. */
export const EVERY_QUEUE = 'every-queue';
