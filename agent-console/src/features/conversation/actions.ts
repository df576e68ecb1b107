import type { Priority, TicketRow, TicketStatus } from '@switchboard/contract';
import { call } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { session } from '../../app/session.svelte.ts';
import { clockTime, dayName, t } from '../../text/index.ts';
import { toasts } from '../../ui/toasts.svelte.ts';
import { tickets } from '../inbox/tickets.svelte.ts';

/** What can be changed of a ticket, as the server takes it. */
interface Patch {
  status?: TicketStatus;
  snoozedUntil?: string;
  priority?: Priority;
  assigneeId?: string | null;
  queueId?: string;
  subject?: string;
  addTags?: string[];
  removeTags?: string[];
}
/** What giving a ticket away, or taking it back, needs to know of it. */
export type Assignable = Pick<TicketRow, 'id' | 'assignee' | 'queue'>;
interface Change<Row> {
  readonly patch: Patch;
  /** The ticket as it will look: shown before the server answers. */
  readonly expected: (row: Row) => Partial<TicketRow>;
  /** The way back. */
  readonly undo: (before: Row) => Patch;
  /** Told when it is done; absent: what changed is in plain sight. */
  readonly done?: (count: number) => string;
}

/** Many at once, but the server keeps serving others. */
const AT_ONCE = 6;

/** Changes tickets: seen at once, undone by one click, told where the server refused. */
export async function change<Row extends Pick<TicketRow, 'id'>>(
  rows: readonly Row[],
  { patch, expected, undo, done }: Change<Row>,
): Promise<void> {
  const revert = new Map(rows.map((row) => [row.id, tickets.expect(row.id, expected(row))]));
  const problems: ApiProblem[] = [];
  await eachOf(rows, async (row) => {
    const problem = await update(row.id, patch);
    if (!problem) return;
    problems.push(problem);
    revert.get(row.id)?.();
  });
  const [first] = problems;
  if (first) toasts.show(t('done.failed', { count: problems.length, reason: first.message }), { tone: 'critical' });
  const count = rows.length - problems.length;
  if (count === 0 || !done) return;
  const back = () => void eachOf(rows, async (row) => void (await update(row.id, undo(row))));
  toasts.show(done(count), { action: { label: t('ui.undo'), run: back } });
}

async function update(id: string, patch: Patch): Promise<ApiProblem | null> {
  try {
    tickets.take([await call('tickets.update', { params: { id }, body: patch })], { own: true });
    return null;
  } catch (error) {
    if (error instanceof ApiProblem) return error;
    throw error;
  }
}

async function eachOf<T>(all: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const rest = [...all];
  const worker = async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, all.length) }, worker));
}

/** A ticket can't be new again, and one that sleeps needs to know until when. */
function statusOf(before: TicketRow): Patch {
  if (before.status === 'snoozed' && before.snoozedUntil)
    return { status: 'snoozed', snoozedUntil: before.snoozedUntil };
  return { status: before.status === 'new' ? 'open' : before.status };
}

export const setStatus = (rows: readonly TicketRow[], status: TicketStatus) =>
  change(rows, {
    patch: { status },
    expected: () => ({ status, snoozedUntil: null }),
    undo: statusOf,
    done: (count) => t('done.status', { count, status: t(`ticket.${status}`) }),
  });

export const snooze = (rows: readonly TicketRow[], until: Date) =>
  change(rows, {
    patch: { status: 'snoozed', snoozedUntil: until.toISOString() },
    expected: () => ({ status: 'snoozed', snoozedUntil: until.toISOString() }),
    undo: statusOf,
    done: (count) => t('done.snoozed', { count, time: `${dayName(until)}, ${clockTime(until)}` }),
  });

export type Assignee = { readonly id: string; readonly name: string; readonly avatarUrl?: string | undefined };
export const assign = (rows: readonly Assignable[], agent: Assignee | null) =>
  change(rows, {
    patch: { assigneeId: agent?.id ?? null },
    expected: () => ({
      assignee: agent && { id: agent.id, name: agent.name, ...(agent.avatarUrl ? { avatarUrl: agent.avatarUrl } : {}) },
    }),
    undo: (before) => ({ assigneeId: before.assignee?.id ?? null }),
    done: (count) => (agent ? t('done.assigned', { count, name: agent.name }) : t('done.unassigned', { count })),
  });
export const assignToMe = (rows: readonly Assignable[]) => assign(rows, session.me);

export const setPriority = (rows: readonly TicketRow[], priority: Priority) =>
  change(rows, {
    patch: { priority },
    expected: () => ({ priority }),
    undo: (before) => ({ priority: before.priority }),
    done: (count) => t('done.priority', { count, priority: t(`ticket.priority.${priority}`) }),
  });

export const moveToQueue = (rows: readonly Assignable[], queue: { id: string; name: string }) =>
  change(rows, {
    patch: { queueId: queue.id },
    expected: () => ({ queue: { id: queue.id, name: queue.name } }),
    undo: (before) => ({ queueId: before.queue.id }),
    done: (count) => t('done.queue', { count, queue: queue.name }),
  });

export const addTag = (rows: readonly TicketRow[], tag: string) =>
  change(rows, {
    patch: { addTags: [tag] },
    expected: (row) => ({ tags: row.tags.includes(tag) ? row.tags : [...row.tags, tag] }),
    undo: (before) => (before.tags.includes(tag) ? {} : { removeTags: [tag] }),
    ...(rows.length > 1 ? { done: (count: number) => t('done.tagged', { count, tag }) } : {}),
  });
export const removeTag = (rows: readonly TicketRow[], tag: string) =>
  change(rows, {
    patch: { removeTags: [tag] },
    expected: (row) => ({ tags: row.tags.filter((each) => each !== tag) }),
    undo: (before) => (before.tags.includes(tag) ? { addTags: [tag] } : {}),
    done: (count) => t('done.untagged', { count, tag }),
  });

export const setSubject = (row: TicketRow, subject: string) =>
  change([row], {
    patch: { subject },
    expected: () => ({ subject }),
    undo: (before) => ({ subject: before.subject }),
  });
