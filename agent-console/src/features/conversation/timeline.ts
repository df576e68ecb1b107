import type { EntryView, MessageEntry } from '@switchboard/contract';

/** What the conversation shows, one item per line of its list. */
export type TimelineItem =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'unread'; key: string; count: number }
  | { kind: 'events'; key: string; entries: Extract<EntryView, { type: 'event' }>[] }
  | { kind: 'call'; key: string; entry: Extract<EntryView, { type: 'call' }> }
  | { kind: 'rating'; key: string; entry: Extract<EntryView, { type: 'event' }> }
  | { kind: 'note'; key: string; entry: Extract<EntryView, { type: 'note' }>; continues: boolean }
  /** `subject` only where it differs from the message before. */
  | { kind: 'message'; key: string; entry: MessageEntry; continues: boolean; subject: string | null };

const TOGETHER_MS = 5 * 60_000;
const NEVER_SEEN = Number.POSITIVE_INFINITY;

/** The seq of the first customer message that the agent has not seen; Infinity: all are seen. */
export function firstUnseenSeq(entries: readonly EntryView[], unseen: number): number {
  if (unseen <= 0) return NEVER_SEEN;
  const inbound = entries.filter(isInbound);
  return inbound.at(-Math.min(unseen, inbound.length))?.seq ?? NEVER_SEEN;
}
const isInbound = (entry: EntryView) => entry.type === 'message' && entry.direction === 'in';

/** A day in the person's zone, from its first moment until the next one's, in epoch ms. */
export interface Day {
  readonly key: string;
  readonly from: number;
  readonly until: number;
}
interface Options {
  /** Asked once per day: calendars are slow. */
  readonly dayOf: (at: number) => Day;
  readonly unreadFrom?: number;
}

export function timeline(entries: readonly EntryView[], { dayOf, unreadFrom = NEVER_SEEN }: Options): TimelineItem[] {
  const items: TimelineItem[] = [];
  let day: Day | null = null;
  let subject: string | null = null;
  let before: EntryView | null = null;
  for (const entry of entries) {
    // Not said yet: it stands apart.
    if (entry.type === 'held') continue;
    const at = Date.parse(entry.at);
    if (!day || at < day.from || at >= day.until) {
      day = dayOf(at);
      items.push({ kind: 'day', key: `day-${day.key}-${entry.id}`, at: entry.at });
      before = null;
    }
    if (entry.seq === unreadFrom) {
      const count = entries.filter((each) => each.seq >= unreadFrom && isInbound(each)).length;
      items.push({ kind: 'unread', key: 'unread', count });
      before = null;
    }
    const last = items.at(-1);
    if (entry.type === 'event' && entry.event === 'feedback.rated') {
      items.push({ kind: 'rating', key: entry.id, entry });
    } else if (entry.type === 'event') {
      if (last?.kind === 'events') last.entries.push(entry);
      else items.push({ kind: 'events', key: entry.id, entries: [entry] });
    } else if (entry.type === 'call') {
      items.push({ kind: 'call', key: entry.id, entry });
    } else if (entry.type === 'note') {
      items.push({ kind: 'note', key: keyOf(entry), entry, continues: goesOn(before, entry) });
    } else {
      const said = entry.subject?.trim() || null;
      const changed = said !== null && subject !== null && bare(said) !== bare(subject);
      subject = said ?? subject;
      const continues = !changed && goesOn(before, entry);
      items.push({ kind: 'message', key: keyOf(entry), entry, continues, subject: changed ? said : null });
    }
    before = entry;
  }
  return items;
}

/** The items of before where nothing changed: what did not change is not drawn again, however long the conversation is. */
export function reuse(before: readonly TimelineItem[], now: TimelineItem[]): TimelineItem[] {
  const old = new Map(before.map((item) => [item.key, item]));
  return now.map((item) => {
    const held = old.get(item.key);
    return held && same(held, item) ? held : item;
  });
}
function same(a: TimelineItem, b: TimelineItem): boolean {
  if (a.kind === 'events') return b.kind === 'events' && a.entries.length === b.entries.length;
  if (a.kind === 'unread') return b.kind === 'unread' && a.count === b.count;
  if (a.kind === 'day') return b.kind === 'day';
  if (a.kind === 'call' || a.kind === 'rating') return b.kind === a.kind && a.entry === b.entry;
  if (b.kind !== a.kind || b.entry !== a.entry || b.continues !== a.continues) return false;
  return a.kind === 'note' || (b.kind === 'message' && a.subject === b.subject);
}

/** An optimistic message keeps its place on the screen when the stored one takes over. */
const keyOf = (entry: { id: string; clientId?: string | undefined }) => entry.clientId ?? entry.id;
const bare = (subject: string) =>
  subject
    .replace(/^(?:\s*(?:re|aw|fwd?|wg|antw|sv)\s*(?:\[\d+\])?:)+/i, '')
    .trim()
    .toLowerCase();

/** Same speaker, same kind, soon after: no new head is needed. */
function goesOn(before: EntryView | null, entry: EntryView): boolean {
  if (!before || before.type !== entry.type) return false;
  if (before.author.kind !== entry.author.kind || before.author.id !== entry.author.id) return false;
  if (before.type === 'message' && entry.type === 'message') {
    if (before.channel !== entry.channel || before.direction !== entry.direction) return false;
    if (before.automatic || entry.automatic || before.state === 'failed' || before.state === 'unknown') return false;
  }
  return Date.parse(entry.at) - Date.parse(before.at) < TOGETHER_MS;
}
