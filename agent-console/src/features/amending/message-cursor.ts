/** The messages and notes on screen, in their order: they can hold the focus, so that keys mean one of them. */
const drawn = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-entry]')];

/** The one that has the focus, or in which something has it. */
export const focusedEntryId = (): string | null =>
  document.activeElement?.closest<HTMLElement>('[data-entry]')?.dataset['entry'] ?? null;

/** From nowhere: the newest. */
export function stepMessage(by: 1 | -1): void {
  const all = drawn();
  const at = all.findIndex((each) => each.dataset['entry'] === focusedEntryId());
  const next = at === -1 ? all.at(-1) : all[at + by];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: 'nearest' });
}

export function focusMessage(entryId: string): void {
  // After what had the focus is gone.
  requestAnimationFrame(() =>
    drawn()
      .find((each) => each.dataset['entry'] === entryId)
      ?.focus({ preventScroll: true }),
  );
}
