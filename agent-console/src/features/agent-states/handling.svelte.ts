import { live } from '../../live/socket.svelte.ts';
import { calls } from '../calls/calls.svelte.ts';
import { conversations } from '../conversation/conversations.svelte.ts';
import { activity } from './activity.svelte.ts';

/** Tells the hub which ticket a person has before them in this tab, so that the time of handling is measured and not guessed. */
export function startHandling(): () => void {
  let isVisible = $state(!document.hidden);
  const seen = () => (isVisible = !document.hidden);
  // Who is on the line works on that, whatever they look at and whether or not they touch anything.
  const handled = () => (calls.isConnected ? calls.current?.ticketId : null) ?? shown();
  const shown = () => (isVisible && activity.isAtIt ? (conversations.current?.id ?? null) : null);
  // Of two windows side by side, the one that is used has the word.
  const focused = () => live.handling(handled());
  document.addEventListener('visibilitychange', seen);
  addEventListener('focus', focused);
  const stop = $effect.root(() => {
    $effect(() => live.handling(handled()));
  });
  return () => {
    stop();
    live.handling(null);
    document.removeEventListener('visibilitychange', seen);
    removeEventListener('focus', focused);
  };
}
