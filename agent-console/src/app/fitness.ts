/**
 * How well a command fits what was typed: 0 not at all, higher is better. Every word must begin a word of the title or the
 * keywords, or the typed letters must be its initials ("gi" finds "Go to inbox"). Pure.
 */
export function fitness(command: { title: string; keywords?: string }, typed: string): number {
  const wanted = words(typed);
  if (wanted.length === 0) return 1;
  const title = words(command.title);
  const all = [...title, ...words(command.keywords ?? '')];
  const initials = title.map((word) => word.charAt(0)).join('');
  if (wanted.length === 1 && wanted[0] && wanted[0].length > 1 && initials.startsWith(wanted[0])) return 2;
  if (!wanted.every((word) => all.some((each) => each.startsWith(word)))) return 0;
  return title[0]?.startsWith(wanted[0] ?? '') ? 4 : 3;
}
const words = (text: string) =>
  text
    .toLocaleLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
