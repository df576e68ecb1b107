import type { TicketRow } from '@switchboard/contract';
import { keys } from '../../app/keys.svelte.ts';
import { t } from '../../text/index.ts';
import { inbox } from '../inbox/inbox.svelte.ts';
import { setStatus } from './actions.ts';
import { menus } from './menus.svelte.ts';

/** Keys of the open ticket; with tickets selected they mean the selection (BulkBar). Returns the way to take them away. */
export function useConversationKeys(ticket: () => TicketRow): () => void {
  const alone = () => inbox.selected.size === 0;
  const group = 'conversation' as const;
  return keys.register(
    { group, key: 'a', label: t('key.assign'), run: () => (menus.assign = true), when: alone },
    { group, key: 'm', label: t('key.transfer'), run: () => (menus.transfer = true), when: alone },
    { group, key: 's', label: t('key.snooze'), run: () => (menus.snooze = true), when: alone },
    {
      group,
      key: 'e',
      label: t('key.resolve'),
      run: () => void setStatus([ticket()], ticket().status === 'resolved' ? 'open' : 'resolved'),
      when: () => alone() && (ticket().status === 'resolved' || ticket().nextStatuses.includes('resolved')),
    },
  );
}
