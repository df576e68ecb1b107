import type { EntryView, TicketRow } from '@switchboard/contract';
import type { Desk } from './people/desk.ts';

const PAGE = 100;

/** The newest tickets of all, as a list shows them. */
export async function listOf(desk: Desk): Promise<TicketRow[]> {
  const page = await desk.ask('tickets.list', { query: { view: 'all', limit: PAGE } });
  return page?.items ?? [];
}

/** A whole conversation, with the pages above the first and the replies that stand beside it. */
export async function conversationOf(desk: Desk, id: string): Promise<{ seq: number; entries: EntryView[] }> {
  const detail = await desk.ask('tickets.read', { params: { id } });
  if (detail === null) throw new Error(`the ticket ${id} can't be read`);
  let { entries, hasOlder } = detail;
  while (hasOlder) {
    const beforeSeq = entries[0]?.seq;
    const older = await desk.ask('tickets.entries', { params: { id }, query: { beforeSeq, limit: PAGE } });
    if (older === null) break;
    entries = [...older.entries, ...entries];
    hasOlder = older.hasOlder;
  }
  return { seq: detail.ticket.seq, entries: [...entries, ...detail.held].sort((a, b) => a.seq - b.seq) };
}
