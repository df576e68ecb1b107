import { searchWords, type Customer } from '../customers/index.ts';
import type { Ticket } from './ticket.schema.ts';

type Named = Pick<Ticket, 'number' | 'subject' | 'tags'>;
const MOST_WORDS = 100;

/** What search finds a ticket by: number, subject, tags, and the customer's name and addresses. */
export const ticketWords = ({ number, subject, tags }: Named, customer: Pick<Customer, 'name' | 'words'>): string[] =>
  [...new Set([String(number), ...searchWords(subject, ...tags, customer.name), ...customer.words])].slice(
    0,
    MOST_WORDS,
  );

/** After a change of subject or tags: the words of what is gone go, unless the rest still has them. */
export function changedWords(ticket: Ticket, change: Partial<Pick<Ticket, 'subject' | 'tags'>>): string[] {
  const gone = new Set(searchWords(ticket.subject, ...ticket.tags));
  const words = ticket.words.filter((word) => !gone.has(word));
  return ticketWords({ ...ticket, ...change }, { name: ticket.customerName, words });
}
