import { untrack } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import { on } from 'svelte/events';

interface Shown {
  readonly anchor: Element;
  readonly text: string;
  readonly key: string | undefined;
}
const WAIT_MS = 400;
/** Moving on to the next one within this time shows it at once. */
const WARM_MS = 300;

/** The one tooltip of the page; Tip.svelte draws it. */
class Tip {
  #shown = $state.raw<Shown | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #hiddenAt = 0;

  get shown(): Shown | null {
    return this.#shown;
  }
  show(next: Shown, at: 'once' | 'after a moment'): void {
    clearTimeout(this.#timer);
    const warm = this.#shown !== null || performance.now() - this.#hiddenAt < WARM_MS;
    if (at === 'once' || warm) this.#shown = next;
    else this.#timer = setTimeout(() => (this.#shown = next), WAIT_MS);
  }
  hide(anchor: Element): void {
    clearTimeout(this.#timer);
    if (this.#shown?.anchor !== anchor) return;
    this.#shown = null;
    this.#hiddenAt = performance.now();
  }
}
export const tip = new Tip();

/** `<button {@attach tooltip('Reply', 'r')}>`: words and shortcut on hover and on keyboard focus. Not for what only it says. */
export function tooltip(text: string | undefined, key?: string): Attachment {
  return (element) => {
    if (!text) return;
    const shown = { anchor: element, text, key };
    const enter = (event: Event) =>
      (event as PointerEvent).pointerType !== 'touch' && tip.show(shown, 'after a moment');
    const focus = () => element.matches(':focus-visible') && tip.show(shown, 'once');
    const hide = () => tip.hide(element);
    const escape = (event: Event) => (event as KeyboardEvent).key === 'Escape' && hide();
    const listeners = [
      ['pointerenter', enter],
      ['pointerleave', hide],
      ['pointerdown', hide],
      ['focus', focus],
      ['blur', hide],
      ['keydown', escape],
    ] as const;
    // Svelte's own `on`: a focus that moves within an effect (a dialog that opens) must not make that effect depend on the tip.
    const stops = listeners.map(([name, listener]) => on(element, name, listener));
    return () => {
      untrack(hide);
      for (const stop of stops) stop();
    };
  };
}
