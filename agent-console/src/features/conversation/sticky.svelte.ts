const NEAR = 48;
/** Older entries are asked for before their place is reached. */
const AHEAD = 800;

/**
 * Scrolling of a conversation: at the newest message it stays there, whatever grows; elsewhere what is being read stays
 * where it is, whatever comes above or below.
 */
export class Sticky {
  #box: HTMLElement | null = null;
  #items: HTMLElement | null = null;
  #atBottom = $state(true);
  #nearTop = $state(false);
  #nearBottom = $state(false);
  /** The newest item is drawn: its end is the conversation's. */
  #whole = true;
  #anchor: { element: HTMLElement; above: number } | null = null;
  #placed = false;

  get atBottom(): boolean {
    return this.#atBottom;
  }
  get nearTop(): boolean {
    return this.#nearTop;
  }
  get nearBottom(): boolean {
    return this.#nearBottom;
  }

  readonly attach = (box: HTMLElement): (() => void) => {
    this.#box = box;
    this.#items = box.firstElementChild as HTMLElement;
    const sizes = new ResizeObserver(() => this.restore());
    sizes.observe(box);
    sizes.observe(this.#items);
    const onscroll = () => this.#remember();
    box.addEventListener('scroll', onscroll, { passive: true });
    return () => {
      sizes.disconnect();
      box.removeEventListener('scroll', onscroll);
      this.#box = null;
    };
  };

  toBottom(): void {
    this.#whole = true;
    this.#atBottom = true;
    this.restore();
  }

  /** After anything changed its size or place. `whole`: the newest item is drawn. */
  restore(whole = this.#whole): void {
    this.#whole = whole;
    const box = this.#box;
    if (!box) return;
    if (!this.#placed) this.#enter(box);
    else if (this.#atBottom && whole) box.scrollTop = box.scrollHeight;
    else if (this.#anchor?.element.isConnected) box.scrollTop = this.#anchor.element.offsetTop - this.#anchor.above;
    this.#remember();
  }

  /** At first: where reading goes on, else at the newest. */
  #enter(box: HTMLElement): void {
    const unread = box.querySelector<HTMLElement>('[data-unread]');
    this.#placed = true;
    box.scrollTop = box.scrollHeight;
    if (unread && unread.offsetTop < box.scrollTop) box.scrollTop = unread.offsetTop - 12;
  }

  #remember(): void {
    const box = this.#box;
    if (!box || !this.#items) return;
    const below = box.scrollHeight - box.clientHeight - box.scrollTop;
    this.#atBottom = this.#whole && below < NEAR;
    this.#nearTop = box.scrollTop < AHEAD;
    this.#nearBottom = below < AHEAD;
    const element = this.#firstInSight(box.scrollTop);
    this.#anchor = element ? { element, above: element.offsetTop - box.scrollTop } : null;
  }

  /** The first item whose end is below the upper edge; by halves, since there may be thousands. */
  #firstInSight(top: number): HTMLElement | null {
    const items = this.#items?.children as HTMLCollectionOf<HTMLElement> | undefined;
    if (!items) return null;
    let low = 0;
    let high = items.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      const item = items[middle];
      if (item && item.offsetTop + item.offsetHeight <= top) low = middle + 1;
      else high = middle;
    }
    // The line at the top stays there while older entries come below it.
    return items[Math.max(1, low)] ?? null;
  }
}
