import { randomUUID } from 'node:crypto';
import { adviceFor, type Advice, type Random } from '@switchboard/connectors/simulator';
import type { EntryView, TicketDetail, TicketView } from '@switchboard/contract';
import type { ConsoleLine } from './console-line.ts';

export interface Desk {
  readonly line: ConsoleLine;
  readonly random: Random;
  /** How much longer everything takes; 1: as people who are quick. */
  readonly pace: number;
  /** Ids of all queues by their names, and those that this colleague works in. */
  readonly queueIds: ReadonlyMap<string, string>;
  readonly ownQueueIds: readonly string[];
}

/** Of tickets that are another queue's: so many are handed over, the others are simply answered. */
const handsOver = 0.35;

/** One ticket before somebody: it is read, then answered, handed over or closed. */
export async function workOn(desk: Desk, { id: ticketId }: Pick<TicketView, 'id'>): Promise<void> {
  const { line, random, pace } = desk;
  line.says('watch', ticketId, 0, () => undefined);
  line.says('handling', ticketId);
  try {
    const detail = await line.call('tickets.read', { params: { id: ticketId } });
    const { ticket, entries } = detail;
    const seen = { inboundCount: ticket.inboundCount };
    await line.call('tickets.seen', { params: { id: ticketId }, body: seen });
    await line.wait(random.between(1, 3.5) * pace);
    const advice = adviceFor(lastWords(entries), ticket.customer.name, random);
    const elsewhere = desk.queueIds.get(advice.story?.queue ?? '') ?? ticket.queue.id;
    const isForeign = elsewhere !== ticket.queue.id && isFirst(entries);
    if (isForeign && (!desk.ownQueueIds.includes(elsewhere) || random.chance(handsOver)))
      return await handOver(desk, ticketId, elsewhere);
    await answer(desk, detail, advice);
  } finally {
    line.says('handling', null);
    line.says('unwatch', ticketId);
  }
}

async function handOver({ line, random, pace }: Desk, ticketId: string, queueId: string): Promise<void> {
  await line.wait(random.between(1, 2.5) * pace);
  const body = { clientId: randomUUID(), to: { queueId }, note: 'This one is for you: could you have a look?' };
  await line.call('tickets.transfer', { params: { id: ticketId }, body });
}

async function answer({ line, random, pace }: Desk, detail: TicketDetail, advice: Advice): Promise<void> {
  const { ticket, targets } = detail;
  const params = { id: ticket.id };
  const target = targets.find(({ blocked }) => blocked === null);
  const tags = advice.story?.tags.filter((tag) => !ticket.tags.includes(tag)) ?? [];
  if (tags.length > 0) await line.call('tickets.update', { params, body: { addTags: [...tags] } });
  if (advice.say === null || target === undefined)
    return void (await line.call('tickets.update', { params, body: { status: 'resolved' } }));
  line.says('typing', ticket.id, true);
  await line.wait(Math.min(1.5 + advice.say.length * random.between(0.015, 0.04), 7) * pace);
  const then = advice.ends ? 'resolved' : target.channel === 'email' ? 'pending' : undefined;
  const reply = { clientId: randomUUID(), threadId: target.threadId, force: true };
  const parts = [{ type: 'text' as const, text: advice.say }];
  await line.call('tickets.reply', { params, body: { ...reply, parts, ...(then && { thenStatus: then }) } });
  line.says('typing', ticket.id, false);
}

/** What the customer wrote last. */
function lastWords(entries: readonly EntryView[]): string {
  const last = entries.findLast((entry) => entry.type === 'message' && entry.direction === 'in');
  if (last?.type !== 'message') return '';
  return last.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
}

const isFirst = (entries: readonly EntryView[]): boolean =>
  !entries.some((entry) => entry.type === 'message' && entry.direction === 'out');
