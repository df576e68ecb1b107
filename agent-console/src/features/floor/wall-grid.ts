/** px: narrower tiles can't hold their figures. */
const NARROWEST = 280;

/**
 * In how many columns so many tiles stand on a screen of so many px, for what is on them to be as large as it can be. The shares are
 * those of WallQueue: of its name, and of its large figures, which stand below each other in a tile that is hardly wider than high.
 */
export function wallColumns(count: number, width: number, height: number): number {
  const most = Math.max(1, Math.min(count, Math.floor(width / NARROWEST)));
  let best = { columns: 1, size: 0 };
  for (let columns = 1; columns <= most; columns++) {
    const rows = Math.ceil(count / columns);
    const [w, h] = [width / columns, height / rows];
    const figure = w / h < 1.15 ? Math.min(0.21 * w, 0.19 * h) : Math.min(0.11 * w, 0.22 * h);
    const name = Math.min(0.064 * w, 0.1 * h);
    // A name may be half as large as a figure; places that stay empty are lost.
    const size = (Math.min(figure, 2.2 * name) * count) / (columns * rows);
    if (size > best.size) best = { columns, size };
  }
  return best.columns;
}
