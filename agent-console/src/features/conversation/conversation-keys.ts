import type { TicketRow } from '@switchboard/contract';
import { keys } from '../../app/keys.svelte.ts';
import { t } from '../../text/index.ts';
import { inbox } from '../inbox/inbox.svelte.ts';
import { setStatus } from './actions.ts';
import { menus } from './menus.svelte.ts';

/** Keys of the open ticket; with tickets selected they mean the selection. Returns the way to take them away. */
export function useConversationKeys(ticket: () => TicketRow): () => void {
  const selected = () => inbox.selected.size > 0;
  const group = 'conversation' as const;
  return keys.register(
    {
      group,
      key: 'a',
      label: t('key.assign'),
      run: () => (selected() ? (menus.bulkAssign = true) : (menus.assign = true)),
    },
    { group, key: 's', label: t('key.snooze'), run: () => (menus.snooze = true), when: () => !selected() },
    {
      group,
      key: 'e',
      label: t('key.resolve'),
      run: () => {
        if (selected()) menus.bulkStatus = true;
        else void setStatus([ticket()], ticket().status === 'resolved' ? 'open' : 'resolved');
      },
      when: () => selected() || ticket().status === 'resolved' || ticket().nextStatuses.includes('resolved'),
    },
  );
}
