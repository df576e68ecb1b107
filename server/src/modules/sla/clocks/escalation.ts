import type { ClockKind, TicketStatus } from '@switchboard/contract';
import { rulesOf, clocksAfter, nextEscalation, type Clocked, type ServiceRules } from './ticket-clocks.ts';
import { startClock, usedMs, type ServiceClock } from './service-clock.ts';

export type HistoryEvent =
  | { readonly at: Date; readonly type: 'customer-wrote' | 'agent-replied' }
  | { readonly at: Date; readonly type: 'status-changed'; readonly status: TicketStatus };
export interface Figures {
  readonly startedAt: Date;
  /** null: no target, or it stands still before it is reached. */
  readonly dueAt: Date | null;
  readonly doneAt: Date | null;
  /** Business minutes that it took; null: not done. */
  readonly minutes: number | null;
  /** Minutes that were left of the target; less than 0: late. null: no target, or not done. */
  readonly slackMinutes: number | null;
}
export interface Escalations {
  readonly firstResponse: Figures | null;
  /** Of the customer's turn that is open; null: there is none. */
  readonly nextResponse: Figures | null;
  readonly resolution: Figures;
  /** Turns that were answered. */
  readonly answered: readonly Figures[];
  /** The clock whose target ends first; null: none runs towards one. */
  readonly next: ClockKind | null;
}

/** What a policy makes of a ticket's whole history: the same steps that a live ticket takes one by one. Pure. */
export function escalation(rules: ServiceRules, createdAt: Date, history: readonly HistoryEvent[]): Escalations {
  const answered: ServiceClock[] = [];
  let ticket: Clocked & { resolution: ServiceClock } = {
    ...{ status: 'new', waitingSince: null, replyCount: 0, firstResponse: null, nextResponse: null },
    resolution: startClock(createdAt, rulesOf('resolution', rules)),
  };
  for (const event of history.toSorted((one, other) => one.at.getTime() - other.at.getTime())) {
    const after = { ...ticket, ...changeBy(event, ticket) };
    const clocks = clocksAfter({ before: ticket, after, at: event.at, rules });
    if (event.type === 'agent-replied' && ticket.nextResponse?.doneAt === null && clocks.nextResponse !== null)
      answered.push(clocks.nextResponse);
    ticket = { ...after, ...clocks, resolution: clocks.resolution ?? ticket.resolution };
  }
  const figures = (clock: ServiceClock) => figuresOf(clock, rules);
  return {
    firstResponse: ticket.firstResponse && figures(ticket.firstResponse),
    nextResponse: ticket.nextResponse?.doneAt === null ? figures(ticket.nextResponse) : null,
    resolution: figures(ticket.resolution),
    answered: answered.map(figures),
    next: nextEscalation(ticket, ticket.status, false)?.kind ?? null,
  };
}

function changeBy(event: HistoryEvent, { status, waitingSince, replyCount }: Clocked): Partial<Clocked> {
  switch (event.type) {
    case 'customer-wrote':
      return { waitingSince: waitingSince ?? event.at, status: status === 'new' ? 'new' : 'open' };
    case 'agent-replied':
      return { waitingSince: null, replyCount: replyCount + 1, status: status === 'new' ? 'open' : status };
    case 'status-changed':
      return { status: event.status, ...(event.status === 'resolved' && { waitingSince: null }) };
  }
}

function figuresOf(clock: ServiceClock, { calendar }: ServiceRules): Figures {
  const { startedAt, dueAt, doneAt, targetMs } = clock;
  const used = doneAt === null ? null : usedMs(clock, doneAt, calendar);
  return {
    startedAt,
    dueAt,
    doneAt,
    minutes: used === null ? null : used / 60_000,
    slackMinutes: used === null || targetMs === null ? null : (targetMs - used) / 60_000,
  };
}
