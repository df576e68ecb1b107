import type { MessageEntry, TicketDetail } from '@switchboard/contract';
import type { ApiClient } from './api-client.ts';
import { eventually, found } from './eventually.ts';

export const messagesOf = ({ entries }: Pick<TicketDetail, 'entries'>): MessageEntry[] =>
  entries.filter((entry): entry is MessageEntry => entry.type === 'message');

export const textOf = ({ parts }: Pick<MessageEntry, 'parts'>): string =>
  parts.map((part) => (part.type === 'text' ? part.text : '')).join('');

/** Of the tickets that changed last, those that have a message with these words. */
export async function ticketsWith(api: ApiClient, words: string, among = 20): Promise<TicketDetail[]> {
  const { items } = await api.call('tickets.list', { query: { view: 'all', limit: among } });
  const details = await Promise.all(items.map(({ id }) => api.call('tickets.read', { params: { id } })));
  return details.filter((detail) => messagesOf(detail).some((message) => textOf(message).includes(words)));
}

/** The ticket with a message of these words, as soon as there is one, and the message. */
export async function theTicketWith(
  api: ApiClient,
  words: string,
): Promise<{ detail: TicketDetail; message: MessageEntry }> {
  return eventually(async () => {
    const detail = found(`a ticket with ${words}`, (await ticketsWith(api, words))[0]);
    const message = messagesOf(detail).find((one) => textOf(one).includes(words));
    return { detail, message: found(words, message) };
  });
}

/** A message of a ticket once it looks as it should. */
export async function theMessage(
  api: ApiClient,
  ticketId: string,
  words: string,
  check: (message: MessageEntry, detail: TicketDetail) => void = () => undefined,
): Promise<MessageEntry> {
  return eventually(async () => {
    const detail = await api.call('tickets.read', { params: { id: ticketId } });
    const message = found(
      words,
      messagesOf(detail).find((one) => textOf(one).includes(words)),
    );
    check(message, detail);
    return message;
  });
}
