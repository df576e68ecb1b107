import { keys } from '../../app/keys.svelte.ts';
import { t } from '../../text/index.ts';
import type { Mode } from './drafts.ts';

interface Writing {
  focus(mode: Mode): void;
  send(thenStatus?: 'resolved'): void;
  undo(): void;
  canUndo(): boolean;
  editLast(): void;
  canEditLast(): boolean;
  /** Is the focus in the composer? */
  inside(): boolean;
  isEmpty(): boolean;
  mode(): Mode;
}

/** Keys of writing. Returns the way to take them away. */
export function useComposerKeys({
  focus,
  send,
  undo,
  canUndo,
  editLast,
  canEditLast,
  inside,
  isEmpty,
  mode,
}: Writing): () => void {
  const group = 'composer' as const;
  return keys.register(
    { group, key: 'r', label: t('key.reply'), run: () => focus('reply') },
    { group, key: 'n', label: t('key.note'), run: () => focus('note') },
    { group, key: 'z', label: t('key.undoSend'), run: undo, when: canUndo },
    { group, key: 'Mod+z', label: t('key.undoSend'), run: undo, when: () => canUndo() && !inside() },
    // Right after sending there is nothing else in the field to undo.
    {
      group,
      key: 'Mod+z',
      label: t('key.undoSend'),
      run: undo,
      when: () => canUndo() && inside() && isEmpty(),
      whileTyping: true,
    },
    {
      group,
      key: 'ArrowUp',
      label: t('key.editLast'),
      run: editLast,
      when: () => inside() && isEmpty() && canEditLast(),
      whileTyping: true,
    },
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
