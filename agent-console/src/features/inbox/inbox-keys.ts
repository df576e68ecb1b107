import { commands } from '../../app/commands.svelte.ts';
import { keys } from '../../app/keys.svelte.ts';
import { inboxPath, SCHEDULED } from '../../app/routes.ts';
import { session } from '../../app/session.svelte.ts';
import { router } from '../../app/router.svelte.ts';
import { t } from '../../text/index.ts';
import { conversations } from '../conversation/conversations.svelte.ts';
import { inbox, viewsOf } from './inbox.svelte.ts';
import { tickets } from './tickets.svelte.ts';

const viewKeys = {
  mine: 'g m',
  unassigned: 'g u',
  open: 'g o',
  snoozed: 'g z',
  resolved: 'g r',
  'poorly-rated': 'g p',
  all: 'g a',
  scheduled: 'g l',
} as const;

/** Focuses a row as soon as the list has drawn it. Set by the list. */
let focusRow: (id: string) => void = () => undefined;
export function onFocusRow(focus: (id: string) => void): () => void {
  focusRow = focus;
  return () => {
    if (focusRow === focus) focusRow = () => undefined;
  };
}

export function openTicket(id: string | null): void {
  const row = id === null ? undefined : tickets.get(id);
  if (row) router.go(inboxPath(inbox.slug, row.number));
}

function move(by: 1 | -1): void {
  const next = inbox.step(by);
  if (next === null) return;
  inbox.standOn(next);
  conversations.prefetch(next);
  focusRow(next);
}
function openStep(by: 1 | -1): void {
  openTicket(inbox.step(by, conversations.current?.id ?? inbox.cursor));
}
function backToList(): void {
  const { cursor } = inbox;
  router.go(inboxPath(inbox.slug));
  if (cursor) focusRow(cursor);
}

/** Keys of views and list. Returns the way to take them away. */
export function useInboxKeys(): () => void {
  const views = [...viewsOf(session.me.role), SCHEDULED] as const;
  const list = { group: 'list' } as const;
  const inTickets = () => inbox.slug !== SCHEDULED;
  const here = () => inTickets() && inbox.cursor !== null;
  const withoutKeys = keys.register(
    { ...list, key: 'j', label: t('key.next'), run: () => move(1), when: inTickets },
    { ...list, key: 'k', label: t('key.previous'), run: () => move(-1), when: inTickets },
    { ...list, key: 'x', label: t('key.select'), run: () => inbox.cursor && inbox.tick(inbox.cursor), when: here },
    { ...list, key: '>', label: t('key.openNext'), run: () => openStep(1), when: inTickets },
    { ...list, key: '<', label: t('key.openPrevious'), run: () => openStep(-1), when: inTickets },
    { ...list, key: 'u', label: t('key.back'), run: backToList },
    {
      ...list,
      key: '.',
      label: t('key.fresh'),
      run: () => inbox.list.showFresh(),
      when: () => inTickets() && inbox.list.fresh > 0,
    },
    {
      ...list,
      key: 'Escape',
      label: t('bulk.clear'),
      run: () => inbox.selected.clear(),
      when: () => inbox.selected.size > 0,
    },
    ...views.map((view) => ({
      key: viewKeys[view],
      label: t('view.go', { view: t(`view.${view}`) }),
      group: 'go' as const,
      run: () => router.go(inboxPath(view)),
    })),
  );
  const withoutCommands = commands.register(
    ...views.map((view) => ({
      id: `view.${view}`,
      title: t('view.go', { view: t(`view.${view}`) }),
      group: t('palette.group.go'),
      key: viewKeys[view],
      run: () => router.go(inboxPath(view)),
    })),
  );
  return () => {
    withoutKeys();
    withoutCommands();
  };
}
