import type { CallEntry, CallView, TicketDetail } from '@switchboard/contract';
import type { ApiClient } from './api-client.ts';
import { eventually, found } from './eventually.ts';

export const callsIn = ({ entries }: Pick<TicketDetail, 'entries'>): CallView[] =>
  entries.filter((entry): entry is CallEntry => entry.type === 'call').map(({ call }) => call);

/** The newest call of a ticket that is as wanted, as soon as there is one. */
export const theCall = (
  api: ApiClient,
  ticketId: string,
  wanted: (call: CallView) => boolean = () => true,
): Promise<CallView> =>
  eventually(async () => {
    const detail = await api.call('tickets.read', { params: { id: ticketId } });
    return found('the call', callsIn(detail).findLast(wanted));
  });
