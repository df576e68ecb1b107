import type { CallView } from '@switchboard/contract';
import { between, type Calendar } from '../../calendars/index.ts';
import type { ServiceClock } from '../../sla/index.ts';
import type { StoredEntry, Ticket } from '../../tickets/index.ts';
import type { Fact } from './fact.schema.ts';

/** Where a ticket is in its course, as far as figures have to know. */
export interface Course extends Pick<
  Ticket,
  'seq' | 'status' | 'queueId' | 'assigneeId' | 'channel' | 'tags' | 'customerId' | 'waitingSince'
> {
  /** Customer messages. */
  inbound: number;
  openedAt: Date;
  /** It had a call: who hung up is known from that. */
  called: boolean;
  /** Since when nobody has it although somebody should. */
  queuedSince: Date | null;
  /** Public replies by people. */
  replies: number;
  /** The last resolution: it is told anew when it turns out not to be the last. */
  resolved: Fact | null;
}

/** What figures need of the contract of time: the opening hours; null: never open. */
export interface Measures {
  readonly hours: Calendar | null;
  /** Is somebody there while it goes on, who can leave? */
  readonly isLive: (channel: Ticket['channel']) => boolean;
}

export interface Folded {
  readonly course: Course;
  /** In place of what was told under the same ids. */
  readonly facts: readonly Fact[];
}

/** The ticket as it was opened, from what it is now and from its whole history. */
export function opened(ticket: Ticket, entries: readonly StoredEntry[]): Folded {
  const assigneeId = origin('assigneeId', ticket, entries);
  const course: Course = {
    ...{ seq: 0, inbound: 0, replies: 0, status: 'new', tags: [], waitingSince: null, resolved: null, called: false },
    queueId: origin('queueId', ticket, entries) ?? ticket.queueId,
    assigneeId,
    channel: ticket.channels[0] ?? ticket.channel,
    customerId: ticket.customerId,
    openedAt: ticket.createdAt,
    queuedSince: assigneeId === null ? ticket.createdAt : null,
  };
  const byCustomer = entries[0]?.author.kind === 'customer';
  return { course, facts: [{ ...factOf('opened', ticket._id, ticket._id, course, ticket.createdAt), byCustomer }] };
}

/** A change that takes it from somewhere says from where; one that does not found it nowhere. */
function origin<Field extends 'queueId' | 'assigneeId'>(field: Field, ticket: Ticket, entries: readonly StoredEntry[]) {
  const first = entries.find(({ patch }) => patch[field] !== undefined);
  return first === undefined ? ticket[field] : (first.left?.[field] ?? null);
}

/** What one more entry of its history makes of it. */
export function step(before: Course, entry: StoredEntry, ticketId: string, measures: Measures): Folded {
  const { patch, at } = entry;
  const reply = isReply(entry);
  const after: Course = {
    ...before,
    ...taken(patch),
    seq: entry.seq,
    inbound: before.inbound + (isInbound(entry) ? 1 : 0),
    called: before.called || entry.type === 'call',
    replies: before.replies + (reply ? 1 : 0),
  };
  const facts: Fact[] = [];
  const fact = (kind: Fact['kind'], more: Partial<Fact> = {}): Fact => ({
    ...factOf(kind, entry._id, ticketId, after, at),
    ...more,
  });
  const since = (from: Date) => spent([{ from, to: at }], measures.hours);

  if (after.queueId !== before.queueId || isHandedOver(before, after))
    facts.push(fact('transferred', { agentId: before.assigneeId, queueId: before.queueId }));
  if (before.assigneeId === null && after.assigneeId !== null && before.queuedSince !== null)
    facts.push(fact('assigned', since(before.queuedSince)));
  if (reply && before.waitingSince !== null) {
    const isFirst = before.replies === 0;
    const clock = isFirst ? patch.firstResponse : patch.nextResponse;
    const took = { agentId: entry.author.id, ...since(before.waitingSince), ...keptOrNot(clock) };
    facts.push(fact(isFirst ? 'first-response' : 'next-response', took));
  }
  const left = abandonedCall(entry);
  if (left !== null) facts.push(fact('abandoned', since(left)));
  if (before.status !== 'resolved' && after.status === 'resolved') {
    if (!after.called && after.replies === 0 && before.waitingSince !== null && measures.isLive(after.channel))
      facts.push(fact('abandoned', since(before.waitingSince)));
    const clock = patch.resolution;
    after.resolved = fact('resolved', {
      agentId: (entry.author.kind === 'agent' ? entry.author.id : null) ?? after.assigneeId,
      // Without the spells in which it stood still.
      ...(clock == null ? since(before.openedAt) : spent(ended(clock.spells, at), measures.hours)),
      ...keptOrNot(clock),
      first: before.resolved === null,
      last: true,
      oneTouch: after.replies === 1,
    });
    facts.push(after.resolved);
  }
  if (before.status === 'resolved' && after.status !== 'resolved') {
    const resolvedBy = before.resolved?.agentId ?? after.assigneeId;
    facts.push(fact('reopened', { agentId: resolvedBy, byCustomer: entry.author.kind === 'customer' }));
    if (before.resolved !== null) {
      after.resolved = { ...before.resolved, last: false };
      facts.push(after.resolved);
    }
  }
  const told = feedback(entry);
  if (told !== null) facts.push(fact('asked', told));
  after.queuedSince = queued(before, after, at);
  return { course: after, facts };
}

/** The rest of a history; `from`: where it was left. */
export function foldTicket(
  ticket: Ticket,
  entries: readonly StoredEntry[],
  measures: Measures,
  from: Course | null,
): Folded {
  const begun = from === null ? opened(ticket, entries) : { course: from, facts: [] };
  let { course } = begun;
  const facts = new Map(begun.facts.map((fact) => [fact._id, fact]));
  for (const entry of entries) {
    if (entry.seq !== course.seq + 1) continue;
    const next = step(course, entry, ticket._id, measures);
    course = next.course;
    for (const fact of next.facts) facts.set(fact._id, fact);
  }
  const { tags } = course;
  return { course, facts: [...facts.values()].map((fact) => ({ ...fact, tags })) };
}

function factOf(kind: Fact['kind'], cause: string, ticketId: string, course: Course, at: Date): Fact {
  const { queueId, assigneeId: agentId, channel, tags, customerId } = course;
  return { _id: `${cause}:${kind}`, kind, at, queueId, agentId, channel, tags, ticketId, customerId };
}

function taken(patch: Partial<Ticket>): Partial<Course> {
  const { status, queueId, assigneeId, tags, customerId, waitingSince } = patch;
  const all = { status, queueId, assigneeId, tags, customerId, waitingSince };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** A call that somebody took is one, too. */
const isReply = (entry: StoredEntry): boolean =>
  ((entry.type === 'message' && entry.direction === 'out') || entry.type === 'change') &&
  entry.author.kind === 'agent' &&
  entry.patch.replyCount !== undefined;

/** That the customer was asked; what is answered makes the same fact again, with the answer. */
function feedback(entry: StoredEntry): Partial<Fact> | null {
  const asked = entry.type === 'message' ? entry.survey : entry.type === 'event' ? entry.feedback : undefined;
  if (asked === undefined) return null;
  const { surveyId, askedAt: at, queueId, agentId, rating, comment } = asked;
  const answer = { ...(rating !== undefined && { rating }), ...(comment !== undefined && { comment }) };
  return { _id: `${surveyId}:asked`, at, queueId, agentId, ...answer };
}

const isInbound = (entry: StoredEntry): boolean =>
  (entry.type === 'message' && entry.direction === 'in') ||
  (entry.type === 'call' && entry.patch.inboundCount !== undefined);

/** Since when a caller waited who hung up with this change. One who was promised a call has not gone. */
function abandonedCall(entry: StoredEntry): Date | null {
  if (entry.type !== 'change' || !entry.did?.includes('abandoned')) return null;
  const call = entry.changes.find(({ path }) => path === 'call')?.value as CallView | undefined;
  return call?.queuedAt == null ? null : new Date(call.queuedAt);
}

const isHandedOver = (before: Course, after: Course): boolean =>
  before.assigneeId !== null && after.assigneeId !== null && before.assigneeId !== after.assigneeId;

function queued(before: Course, after: Course, at: Date): Date | null {
  if (after.assigneeId !== null || after.status === 'resolved') return null;
  return before.queuedSince ?? at;
}

function keptOrNot(clock: ServiceClock | null | undefined): Pick<Fact, 'inTime'> {
  if (clock?.dueAt == null || clock.doneAt === null) return {};
  return { inTime: clock.doneAt <= clock.dueAt };
}

const ended = (spells: ServiceClock['spells'], at: Date) => spells.map(({ from, to }) => ({ from, to: to ?? at }));

function spent(spells: readonly { from: Date; to: Date }[], hours: Calendar | null): Pick<Fact, 'ms' | 'businessMs'> {
  const ms = spells.reduce((sum, { from, to }) => sum + Math.max(0, to.getTime() - from.getTime()), 0);
  const minutes = hours === null ? 0 : spells.reduce((sum, { from, to }) => sum + between(hours, from, to), 0);
  return { ms, businessMs: Math.round(minutes * 60_000) };
}
