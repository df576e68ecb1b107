import { moved, type Cell } from './roving.ts';

/** A table of which one cell can be tabbed to, and arrow keys go from there to the others. */
export class Roving {
  #at = $state.raw<Cell>({ row: 0, column: 0 });
  readonly #size: () => { rows: number; columns: number };
  constructor(size: () => { rows: number; columns: number }) {
    this.#size = size;
  }

  /** What a cell's button says of itself. A smaller table may no longer have the one that was last. */
  cell(row: number, column: number) {
    const { rows, columns } = this.#size();
    const isAt = row === Math.min(this.#at.row, rows - 1) && column === Math.min(this.#at.column, columns - 1);
    return { 'data-cell': `${row}:${column}`, tabindex: isAt ? 0 : -1, onfocus: () => (this.#at = { row, column }) };
  }

  readonly onkeydown = (event: KeyboardEvent & { currentTarget: HTMLElement }): void => {
    const next = moved(this.#at, event.key, this.#size());
    if (next === null || !(event.target as HTMLElement).dataset['cell']) return;
    event.preventDefault();
    event.currentTarget.querySelector<HTMLElement>(`[data-cell="${next.row}:${next.column}"]`)?.focus();
  };
}
