import { sending } from '../features/composer/outbox.svelte.ts';
import { returned } from '../features/agent-states/returned.svelte.ts';
import { followOwnState } from '../features/agent-states/follow-own.ts';
import { calls } from '../features/calls/calls.svelte.ts';
import { listening } from '../features/calls/listening.svelte.ts';
import { conversations } from '../features/conversation/conversations.svelte.ts';
import { directory } from '../features/directory.svelte.ts';
import { inbox } from '../features/inbox/inbox.svelte.ts';
import { offers } from '../features/offers/offers.svelte.ts';
import { live } from '../live/socket.svelte.ts';
import { notifications } from './notifications.svelte.ts';

/** Everything that runs while somebody is signed in, whichever page is shown. Returns the way to end it. */
export function startWork(): () => void {
  live.start();
  const stops = [
    directory.start(),
    inbox.start(),
    sending.start(),
    conversations.start(),
    notifications.start(),
    offers.start(),
    calls.start(),
    listening.start(),
    followOwnState(),
    returned.start(),
  ];
  return () => {
    for (const stop of stops.reverse()) stop();
    live.stop();
  };
}
