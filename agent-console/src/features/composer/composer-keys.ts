import { keys } from '../../app/keys.svelte.ts';
import { t } from '../../text/index.ts';
import type { Mode } from './drafts.ts';

interface Writing {
  focus(mode: Mode): void;
  send(thenStatus?: 'resolved'): void;
  /** Is the focus in the composer? */
  inside(): boolean;
  mode(): Mode;
}

/** Keys of writing. Returns the way to take them away. */
export function useComposerKeys({ focus, send, inside, mode }: Writing): () => void {
  const group = 'composer' as const;
  return keys.register(
    { group, key: 'r', label: t('key.reply'), run: () => focus('reply') },
    { group, key: 'n', label: t('key.note'), run: () => focus('note') },
    { group, key: 'Mod+Enter', label: t('key.send'), run: () => send(), when: inside, whileTyping: true },
    {
      group,
      key: 'Mod+Shift+Enter',
      label: t('key.sendResolve'),
      run: () => send('resolved'),
      when: () => inside() && mode() === 'reply',
      whileTyping: true,
    },
  );
}
