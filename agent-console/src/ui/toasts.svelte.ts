export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'plain' | 'positive' | 'critical';
  readonly action?: { readonly label: string; readonly run: () => void };
}
type Options = Partial<Pick<Toast, 'tone' | 'action'>> & { ms?: number };

const SHOWN_MS = 5000;
/** Undo must be reachable by keyboard and reader. */
const WITH_ACTION_MS = 8000;
const MOST = 4;

/** Short messages at the edge of the screen; the oldest goes when there are too many. */
class Toasts {
  #all = $state.raw<readonly Toast[]>([]);
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();
  #next = 1;

  get all(): readonly Toast[] {
    return this.#all;
  }

  show(text: string, { tone = 'plain', action, ms = action ? WITH_ACTION_MS : SHOWN_MS }: Options = {}): () => void {
    const toast: Toast = { id: this.#next++, text, tone, ...(action ? { action } : {}) };
    this.#all = [...this.#all.slice(1 - MOST), toast];
    this.#timers.set(
      toast.id,
      setTimeout(() => this.dismiss(toast.id), ms),
    );
    return () => this.dismiss(toast.id);
  }

  dismiss(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.#all = this.#all.filter((toast) => toast.id !== id);
  }

  /** While the pointer or the focus is on them they stay. */
  hold(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }
  release(): void {
    for (const toast of this.#all) {
      if (this.#timers.has(toast.id)) continue;
      this.#timers.set(
        toast.id,
        setTimeout(() => this.dismiss(toast.id), SHOWN_MS),
      );
    }
  }
}

export const toasts = new Toasts();
