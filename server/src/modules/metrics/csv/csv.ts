/** null: an empty cell. A text that a spreadsheet would run as a formula is made plain text of. */
export type CsvCell = string | number | null;

/** Tells Excel that it is UTF-8. */
export const BOM = '\uFEFF';

/** A line of RFC 4180, with its end. */
export const csvLine = (cells: readonly CsvCell[]): string => `${cells.map(cellText).join(',')}\r\n`;

function cellText(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
