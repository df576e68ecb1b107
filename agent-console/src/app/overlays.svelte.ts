type Overlay = 'palette' | 'keys';

/** Palette and shortcut sheet: one at a time. */
class Overlays {
  #shown = $state<Overlay | null>(null);
  get shown(): Overlay | null {
    return this.#shown;
  }
  open(overlay: Overlay): void {
    this.#shown = overlay;
  }
  close(): void {
    this.#shown = null;
  }
}
export const overlays = new Overlays();
