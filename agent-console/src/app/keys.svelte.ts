import { untrack } from 'svelte';
import { isMac } from '../ui/key-caps.ts';

/** Groups of the `?` sheet. */
export type KeyGroup = 'go' | 'list' | 'conversation' | 'composer' | 'general';

export interface Key {
  /** A key ('r', '?', 'Enter', 'ArrowDown'), two after another ('g i'), or with Ctrl/Cmd ('Mod+k'), Shift for named keys ('Shift+Enter'). */
  readonly key: string;
  readonly label: string;
  readonly group: KeyGroup;
  readonly run: (event: KeyboardEvent) => void;
  /** Absent: always. Where several keys are the same, the last registered that may run does. */
  readonly when?: () => boolean;
  /** Also fires while typing, e.g. Mod+Enter. */
  readonly whileTyping?: boolean;
}

const SEQUENCE_MS = 1500;

/** The one listener for keys. Never fires while the person types, composes (IME) or a dialog is open. */
class Keys {
  #all = $state.raw<readonly Key[]>([]);
  #prefix = $state<string | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    addEventListener('keydown', (event) => this.#onKey(event));
  }

  /** All that could run now, for the `?` sheet. */
  get usable(): readonly Key[] {
    return this.#all.filter((key) => key.when?.() ?? true);
  }
  /** The first key of a two-key shortcut was pressed: the second is awaited. */
  get prefix(): string | null {
    return this.#prefix;
  }

  /** Call inside `$effect` with its return value, or once for keys that live as long as the app. */
  register(...keys: readonly Key[]): () => void {
    // Read untracked: whoever registers within an effect must not follow the others.
    this.#all = [...untrack(() => this.#all), ...keys];
    return () => {
      this.#all = untrack(() => this.#all).filter((key) => !keys.includes(key));
    };
  }

  #onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || isBareModifier(event.key)) return;
    const pressed = nameOf(event);
    const wanted = this.#prefix ? `${this.#prefix} ${pressed}` : pressed;
    const typing = isTyping(event.target) || inDialog(event.target);
    const key = this.#all.findLast(
      (each) => each.key === wanted && (each.when?.() ?? true) && (!typing || each.whileTyping),
    );
    const opens = !this.#prefix && !typing && this.#all.some((each) => each.key.startsWith(`${pressed} `));
    this.#await(opens && !key ? pressed : null);
    if (!key) return;
    event.preventDefault();
    key.run(event);
  }

  #await(prefix: string | null): void {
    clearTimeout(this.#timer);
    this.#prefix = prefix;
    if (prefix) this.#timer = setTimeout(() => (this.#prefix = null), SEQUENCE_MS);
  }
}

const isBareModifier = (key: string) => ['Control', 'Meta', 'Shift', 'Alt', 'AltGraph', 'CapsLock'].includes(key);

function nameOf(event: KeyboardEvent): string {
  const mod = isMac ? event.metaKey : event.ctrlKey;
  if (event.altKey || (isMac ? event.ctrlKey : event.metaKey)) return `Other+${event.key}`;
  // A printed character ('?') already tells of Shift; a named key ('Enter') does not.
  const shift = event.shiftKey && (event.key.length > 1 || mod);
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return `${mod ? 'Mod+' : ''}${shift ? 'Shift+' : ''}${key}`;
}

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  const clicked = ['checkbox', 'radio', 'button', 'submit', 'range', 'color', 'file'];
  return target instanceof HTMLInputElement && !clicked.includes(target.type);
}
function inDialog(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role=dialog], [role=menu], [role=listbox], dialog') !== null;
}

export const keys = new Keys();
