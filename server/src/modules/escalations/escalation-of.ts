import type { EscalationActions, Priority } from '@switchboard/contract';
import { clockKinds, nextEscalation, type StoredPolicy } from '../sla/index.ts';
import { changedWords, type Change, type Ticket } from '../tickets/index.ts';

const priorities: readonly Priority[] = ['low', 'normal', 'high', 'urgent'];
const MOST_TAGS = 30;
const nothing: EscalationActions = { notify: [], priority: null, queueId: null, addTags: [] };

interface Escalating {
  /** Whose promise it is; null: it was deleted, and only the fact remains. */
  readonly policy: StoredPolicy | null;
  readonly queueNames: ReadonlyMap<string, string>;
}

/**
 * What is due for a ticket at this moment, as one change: that a clock warns or is over, and all that the policy does about
 * it. One entry, so that who is killed has done either all of it or nothing. null: nothing is due.
 */
export function escalationOf(ticket: Ticket, { policy, queueNames }: Escalating, now: Date): Change | null {
  const next = nextEscalation(ticket, ticket.status, policy !== null && policy.warnBefore !== null);
  if (next === null || next.at > now) return null;
  const clock = ticket[next.kind];
  if (clock === null) return null;
  // After a standstill of the hub both are due: the warning would come too late to be one.
  const breached = next.step === 'breached' || (clock.dueAt !== null && clock.dueAt <= now);
  const actions = policy === null ? nothing : breached ? policy.onBreach : policy.onWarning;
  const { patch, did } = actionsOn(ticket, actions, queueNames);
  const told = { ...clock, warnedAt: clock.warnedAt ?? now, breachedAt: breached ? clock.dueAt : clock.breachedAt };
  return {
    topic: 'ticket.escalated',
    entry: {
      type: 'event',
      author: { kind: 'system', id: null, name: 'Switchboard' },
      event: breached ? 'service-level.breached' : 'service-level.warned',
      from: null,
      to: next.kind,
      ...(did.length > 0 && { did }),
      notify: {
        assigneeId: actions.notify.includes('assignee') ? ticket.assigneeId : null,
        supervisors: actions.notify.includes('supervisors'),
      },
    },
    patch: { ...patch, [next.kind]: told },
  };
}

function actionsOn(
  ticket: Ticket,
  { priority, queueId, addTags }: EscalationActions,
  queueNames: ReadonlyMap<string, string>,
): { patch: Partial<Ticket>; did: string[] } {
  const raised = priority !== null && priorities.indexOf(priority) > priorities.indexOf(ticket.priority);
  const queue = queueId === null || queueId === ticket.queueId ? undefined : queueNames.get(queueId);
  const room = MOST_TAGS - ticket.tags.length;
  const tags = addTags.filter((tag) => !ticket.tags.includes(tag)).slice(0, Math.max(0, room));
  const all = [...ticket.tags, ...tags];
  return {
    patch: {
      ...(raised && { priority }),
      ...(queueId !== null && queue !== undefined && { queueId, assigneeId: null }),
      ...(tags.length > 0 && { tags: all, words: changedWords(ticket, { tags: all }) }),
    },
    did: [
      ...(raised ? [`priority raised from ${ticket.priority} to ${priority}`] : []),
      ...(queue === undefined ? [] : [`moved to ${queue}`]),
      ...(tags.length > 0 ? [`tagged ${tags.join(', ')}`] : []),
    ],
  };
}

/** So many can be due for one ticket at once: every clock warns and ends. */
export const MOST_AT_ONCE = 2 * clockKinds.length;
