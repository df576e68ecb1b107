import { INACTIVITY, type AgentStanding } from '@switchboard/contract';
import { session } from '../../app/session.svelte.ts';
import { live } from '../../live/socket.svelte.ts';
import { duration, t } from '../../text/index.ts';
import { toasts } from '../../ui/toasts.svelte.ts';
import { activity } from './activity.svelte.ts';
import { startHandling } from './handling.svelte.ts';
import { standingWords } from './words.ts';

/** My own state: what others, other tabs and the hub make of it, and what the hub must know of me. */
export function followOwnState(): () => void {
  const stops = [
    activity.start(),
    startHandling(),
    live.on('passing', (event) => {
      if (event.type === 'agent-state' && event.agentId === session.me.id) heard(event);
      if (event.type === 'state-set')
        toasts.show(t('state.setBy', { name: event.by, state: standingWords(event) }), { ms: 15_000 });
    }),
  ];
  return () => stops.forEach((stop) => stop());
}

function heard(standing: AgentStanding): void {
  const before = session.me;
  session.heardStanding(standing);
  if (before.reason?.id !== INACTIVITY || standing.reason?.id === INACTIVITY || standing.state === 'offline') return;
  const time = duration(Math.max(0, Date.parse(standing.since) - Date.parse(before.since)));
  toasts.show(t('state.back', { time, state: standingWords(standing) }), { ms: 15_000 });
}
