import type { HeldEntry } from '@switchboard/contract';
import { call } from '../../api/client.ts';
import { attempt } from '../../app/actions.ts';
import { inboxPath, SCHEDULED } from '../../app/routes.ts';
import { router } from '../../app/router.svelte.ts';
import { session } from '../../app/session.svelte.ts';
import { t } from '../../text/index.ts';
import { toasts } from '../../ui/toasts.svelte.ts';
import { composing } from '../composer/composing.svelte.ts';

const paramsOf = ({ ticketId, id }: HeldEntry) => ({ params: { id: ticketId, entryId: id } });
/** What is being asked of a reply: asked once. */
const busy = new Set<string>();

export const canUndo = (held: HeldEntry): boolean =>
  held.kind === 'undo' && held.state === 'waiting' && held.author.id === session.me.id;

/** Undo, cancel, edit: it does not go out, its words are the draft, and only then the server may forget them. */
export const takeBackHeld = (held: HeldEntry): Promise<unknown> =>
  once(held, async () => {
    const back = held.state === 'returned' ? held : await call('held.return', paramsOf(held));
    if (!composing.restore(back)) return tellKept(held);
    await call('held.discard', paramsOf(held));
    toasts.show(t('held.undone'));
  });

/** Not open here: it stands beside its conversation until somebody edits or discards it. */
function tellKept({ ticketId }: HeldEntry): void {
  const action = { label: t('held.toTicket'), run: () => router.go(inboxPath(SCHEDULED, ticketId)) };
  toasts.show(t('held.kept'), { action });
}

export const discardHeld = (held: HeldEntry): Promise<unknown> =>
  once(held, () => call('held.discard', paramsOf(held)));
export const releaseHeld = (held: HeldEntry): Promise<unknown> =>
  once(held, () => call('held.release', paramsOf(held)));
export const rescheduleHeld = (
  held: HeldEntry,
  body: { until: string; unlessCustomerWrites: boolean },
): Promise<unknown> => once(held, () => call('held.update', { ...paramsOf(held), body }));

async function once(held: HeldEntry, work: () => Promise<unknown>): Promise<void> {
  if (busy.has(held.id)) return;
  busy.add(held.id);
  await attempt(work);
  busy.delete(held.id);
}
