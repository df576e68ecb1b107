import { MediaQuery } from 'svelte/reactivity';
import { Stored, isBoolean } from '../ui/stored.svelte.ts';

const phone = new MediaQuery('max-width: 719.98px');
const narrow = new MediaQuery('max-width: 1099.98px');

/** How much fits on the screen, and what the person has folded away. */
class Layout {
  readonly #listFolded = new Stored('list-folded', false, isBoolean);
  readonly #panelFolded = new Stored('panel-folded', false, isBoolean);
  #drawer = $state(false);

  /** One pane at a time. */
  get phone(): boolean {
    return phone.current;
  }
  /** The panel has no room of its own: it is a drawer. */
  get narrow(): boolean {
    return narrow.current;
  }
  get listFolded(): boolean {
    return this.#listFolded.value;
  }
  /** Is the panel in sight, beside the content or as a drawer? */
  get panelShown(): boolean {
    return this.narrow ? this.#drawer : !this.#panelFolded.value;
  }
  toggleList(): void {
    this.#listFolded.value = !this.#listFolded.value;
  }
  togglePanel(): void {
    if (this.narrow) this.#drawer = !this.#drawer;
    else this.#panelFolded.value = !this.#panelFolded.value;
  }
  closeDrawer(): void {
    this.#drawer = false;
  }
}

export const layout = new Layout();
