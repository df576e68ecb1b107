import type { Stages } from '../../platform/stages/stages.ts';

/**
 * The boundaries that work crosses on its way through the hub, in the order of the flow. What lies before one has been
 * done and will last; what lies behind it has not begun.
 */
export const stages = [
  /** The request of a provider, as it came, is in the raw store. */
  'raw.kept',
  /** What it says is on the bus; whoever sent it may be told so. */
  'inbound.published',
  /** Its customer, thread and ticket exist. */
  'thread.found',
  /** An entry (a message, an event, a change of either) has its place in its ticket. */
  'entry.stored',
  /** The ticket is what the entry makes of it. */
  'entry.applied',
  /** That a ticket has changed is on the bus. */
  'event.published',
  /** A ticket has got its agent. */
  'ticket.assigned',
  /** The consoles have been told of a change. */
  'live.pushed',
  /** The command to send a message is on the bus. */
  'outbound.queued',
  /** One process has taken it on to send the message; nothing has gone out. */
  'delivery.claimed',
  /** The provider has said yes or no. */
  'provider.answered',
  /** What it said is in the ticket. */
  'delivery.recorded',
  /** A job that was due has done its work. */
  'job.run',
] as const;
export type Stage = (typeof stages)[number];

/** Told of in the flow by those who do the work. `id` is that of the raw request, event, entry, message or ticket. */
export type FlowStages = Stages<Stage>;
