import { ClockKind, type EntryView, NotAsked, Priority, TicketStatus } from '@switchboard/contract';
import { waitWords } from '../routing/waits.ts';
import { t, type TextKey } from '../../text/index.ts';

type Event = Extract<EntryView, { type: 'event' }>;

const isStatus = (value: string): value is TicketStatus => (TicketStatus.options as readonly string[]).includes(value);
const isPriority = (value: string): value is Priority => (Priority.options as readonly string[]).includes(value);

/** Statuses and priorities in the person's language; names stay as they are. */
function named(value: string | null): string {
  if (value === null) return '';
  if (isStatus(value)) return t(`ticket.${value}`);
  return isPriority(value) ? t(`ticket.priority.${value}`) : value;
}

/** What happened, as one sentence. */
export function eventWords({ event, from, to, author, did = [] }: Event): string {
  if (event === 'service-level.changed')
    return t(to === null ? `event.${event}.none` : `event.${event}`, { to: to ?? '' });
  if (event === 'service-level.warned' || event === 'service-level.breached') {
    const what = t(`event.${event}`, { clock: t(`service.${ClockKind.parse(to)}`) });
    return did.length > 0 ? t('event.service-level.did', { what, did: did.join(', ') }) : what;
  }
  if (event === 'callback.given-up') return t(`event.${event}`, { count: Number(to) });
  if (event === 'queue.overflowed') return overflowed(from, to, did[0]);
  if (event === 'feedback.not-asked') return t(`feedback.not.${NotAsked.parse(to)}`);
  if (event === 'feedback.rated') return t('feedback.rated', { name: author.name, rating: to ?? '' });
  if (event === 'assignee.gone') return gone(from, to, did[0]);
  const what = sentence(event, from, to);
  if (event === 'ticket.opened' || event === 'ticket.reopened' || event === 'consent.changed') return what;
  return t('event.by', { name: author.name, what });
}

function overflowed(from: string | null, to: string | null, why = 'closed'): string {
  const queues = { from: from ?? '', to: to ?? '' };
  if (why === 'closed') return t('event.queue.overflowed.closed', queues);
  return t('event.queue.overflowed.after', { ...queues, time: waitWords(Number(why)) });
}

function gone(from: string | null, to: string | null, after = 'left'): string {
  const who = { name: from ?? '', queue: to ?? '' };
  if (after === 'left') return t('event.assignee.gone.left', who);
  return t('event.assignee.gone.after', { ...who, time: waitWords(Number(after)) });
}

function sentence(
  event: Exclude<
    Event['event'],
    `service-level.${string}` | `feedback.${string}` | 'queue.overflowed' | 'assignee.gone' | 'callback.given-up'
  >,
  from: string | null,
  to: string | null,
): string {
  const values = { from: named(from), to: named(to) };
  if (event === 'tags.changed') {
    return t(from === null ? 'event.tags.added' : to === null ? 'event.tags.removed' : 'event.tags.changed', values);
  }
  if (event === 'assignee.changed' && to === null) return t('event.assignee.cleared', values);
  if (from === null && (event === 'status.changed' || event === 'priority.changed' || event === 'queue.changed')) {
    return t(`event.${event.slice(0, event.indexOf('.'))}.set` as 'event.status.set', values);
  }
  return t(`event.${event}` satisfies TextKey, values);
}
