export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** Where a key leads in a grid; null: it is no key of the grid. At an edge it stays. */
export function moved({ row, column }: Cell, key: string, size: { rows: number; columns: number }): Cell | null {
  const to = (nextRow: number, nextColumn: number): Cell => ({
    row: Math.max(0, Math.min(size.rows - 1, nextRow)),
    column: Math.max(0, Math.min(size.columns - 1, nextColumn)),
  });
  const moves: Readonly<Record<string, Cell>> = {
    ArrowUp: to(row - 1, column),
    ArrowDown: to(row + 1, column),
    ArrowLeft: to(row, column - 1),
    ArrowRight: to(row, column + 1),
    Home: to(row, 0),
    End: to(row, size.columns - 1),
  };
  return moves[key] ?? null;
}
