/** Rooms of the `/console` sockets. Every console is in `agents`, `agent:<id>` and `session:<id>` besides. */
export const ticketRoom = (ticketId: string): string => `ticket:${ticketId}`;
export const queueRoom = (queueId: string): string => `queue:${queueId}`;
/** Supervisors and administrators read every queue. */
export const EVERY_QUEUE = 'every-queue';
