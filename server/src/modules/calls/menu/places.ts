import type { CallMenu, CallTurn, MenuLanguage, MenuNode, MenuWords, Spoken } from '@switchboard/contract';

/** A place in the menu as a turn brings it back: what was asked, or whom it was led to. */
export interface Place {
  readonly kind: 'menu' | 'consent' | 'number';
  readonly node: string;
  readonly tries: number;
}

const letters = { menu: '', consent: 'c', number: 'n' } as const satisfies Record<Place['kind'], string>;

export const writePlace = ({ kind, node, tries }: Place): string => `${letters[kind]}${tries}:${node}`;

export function readPlace(step: string): Place | null {
  const found = /^([cn]?)(\d+):(.+)$/s.exec(step);
  if (found === null) return null;
  const kind = (Object.keys(letters) as Place['kind'][]).find((each) => letters[each] === found[1]) ?? 'menu';
  return { kind, node: found[3] as string, tries: Number(found[2]) };
}

/** The place that the turn tells of. */
export const placeAt = (at: CallTurn['at'] | null): Place | null =>
  at?.what === 'answered' || at?.what === 'forwarded' ? readPlace(at.step) : null;

/** One that is gone is the queue: nobody is lost to an edit. */
export const nodeOf = (menu: CallMenu, id: string): MenuNode =>
  menu.nodes.find((node) => node.id === id) ?? { id, does: 'queue', say: {}, queueId: null };

export function chosen(node: MenuNode, { key, speech }: { key?: string; speech?: string }) {
  if (node.does !== 'menu') return null;
  const said = speech?.toLowerCase();
  return (
    node.choices.find((choice) => choice.key === key) ??
    node.choices.find(
      (choice) => said !== undefined && choice.words.some((word) => said.includes(word.toLowerCase())),
    ) ??
    null
  );
}

/** In the caller's language, or else in the menu's first, and then said as that; null: there are no words. */
export function inLanguage(words: MenuWords, { languages }: CallMenu, language: MenuLanguage): Spoken | null {
  const spoken = [language, languages[0] as MenuLanguage].find((each) => (words[each] ?? '') !== '');
  return spoken === undefined ? null : { text: words[spoken] as string, language: spoken };
}

/** Where a caller goes who chooses nothing: the first queue, else the first place that is no menu. */
export const fallback = ({ nodes, start }: CallMenu): string =>
  (nodes.find(({ does }) => does === 'queue') ?? nodes.find(({ does }) => does === 'voicemail'))?.id ?? start;
