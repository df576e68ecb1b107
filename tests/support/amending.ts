import { randomUUID } from 'node:crypto';
import type { Api, Call, MessageEntry, WantedChange } from '@switchboard/contract';
import type { ApiClient } from './api-client.ts';

type Wanted = Call<Api['messages.amend']>['body'];

/** An agent edits, deletes or reacts. The same `clientId` is the same change. */
export const amend = (
  api: ApiClient,
  { ticketId, id }: Pick<MessageEntry, 'ticketId' | 'id'>,
  change: WantedChange,
  clientId: Wanted['clientId'] = randomUUID(),
): Promise<MessageEntry> =>
  api.call('messages.amend', { params: { id: ticketId, entryId: id }, body: { clientId, change } });

export const edit = (text: string): WantedChange => ({ kind: 'edit', text });
export const react = (emoji: string, added = true): WantedChange => ({ kind: 'react', emoji, added });
export const remove: WantedChange = { kind: 'delete' };
