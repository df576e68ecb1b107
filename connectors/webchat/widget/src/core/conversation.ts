import type { ContentPart, VisitorMessage } from '@switchboard/contract';
import type { Waiting } from './outbox.ts';

export type EntryState = 'sending' | 'failed' | 'sent' | 'delivered' | 'read';

/** A message on the visitor's screen: one of the hub's, or one of ours on its way there. */
export interface Entry {
  /** The same before and after the hub has it. */
  readonly key: string;
  readonly id: string | null;
  readonly from: 'visitor' | 'agent';
  readonly agent: VisitorMessage['agent'];
  readonly parts: readonly ContentPart[];
  readonly at: string;
  readonly state: EntryState;
  readonly problem?: string;
  readonly changed?: VisitorMessage['changed'];
  readonly reactions?: VisitorMessage['reactions'];
  /** Milliseconds by the hub's clock; a browser's clock may be hours off. */
  readonly order: number;
}

const rank: Record<EntryState, number> = { failed: 0, sending: 1, sent: 2, delivered: 3, read: 4 };

const unsent = ({ state }: Entry): boolean => state === 'sending' || state === 'failed';

const fromHub = (message: VisitorMessage): Entry => ({
  key: message.clientId ?? message.id,
  id: message.id,
  from: message.from,
  agent: message.agent,
  parts: message.parts,
  at: message.at,
  state: message.state,
  ...(message.changed && { changed: message.changed }),
  ...(message.reactions && { reactions: message.reactions }),
  order: Date.parse(message.at),
});

export const waitingEntry = ({ frame, problem }: Waiting, order: number): Entry => ({
  key: frame.id,
  id: null,
  from: 'visitor',
  agent: null,
  parts: frame.parts,
  at: frame.at,
  state: problem === undefined ? 'sending' : 'failed',
  ...(problem === undefined ? {} : { problem }),
  order,
});

/** The hub's ids sort by time as well: they decide within one millisecond. */
const isBefore = (one: Entry, other: Entry): boolean =>
  one.order < other.order || (one.order === other.order && (one.id ?? '') <= (other.id ?? ''));

/** By the hub's time; what it does not have yet comes last. */
const insert = (entries: readonly Entry[], entry: Entry): Entry[] => {
  let index = entries.length;
  for (; index > 0; index -= 1) {
    const before = entries[index - 1];
    if (before && !unsent(before) && isBefore(before, entry)) break;
  }
  return [...entries.slice(0, index), entry, ...entries.slice(index)];
};

const further = (known: Entry | undefined, fresh: Entry): Entry =>
  known && rank[known.state] > rank[fresh.state] ? { ...fresh, state: known.state } : fresh;

/** Takes in the hub's messages, in any order and as often as they come: each is there once, and no state goes back. */
export const mergeMessages = (entries: readonly Entry[], messages: readonly VisitorMessage[]): Entry[] =>
  messages.map(fromHub).reduce<Entry[]>(
    (merged, fresh) => {
      const known = merged.find(({ key, id }) => key === fresh.key || (id !== null && id === fresh.id));
      return insert(
        merged.filter((entry) => entry !== known),
        further(known, fresh),
      );
    },
    [...entries],
  );

/** Our own new message: last, whatever this browser's clock says. */
export const appendWaiting = (entries: readonly Entry[], waiting: Waiting): Entry[] => [
  ...entries.filter(({ key }) => key !== waiting.frame.id),
  waitingEntry(waiting, entries.at(-1)?.order ?? 0),
];

export const changeEntry = (entries: readonly Entry[], key: string, change: Partial<Entry>): Entry[] =>
  entries.map((entry) => (entry.key === key ? { ...entry, ...change } : entry));

/** The hub has it: no way back from `read`, should that have come first. */
export const markSent = (entries: readonly Entry[], key: string): Entry[] =>
  entries.map((entry) => (entry.key === key && unsent(entry) ? { ...entry, state: 'sent' } : entry));

/** All of the visitor's messages up to this one were seen. An unknown message changes nothing. */
export const markRead = (entries: readonly Entry[], messageId: string): Entry[] => {
  const last = entries.findIndex(({ key, id }) => key === messageId || id === messageId);
  return entries.map((entry, index) =>
    index <= last && entry.from === 'visitor' && !unsent(entry) ? { ...entry, state: 'read' } : entry,
  );
};

export interface Group {
  readonly key: string;
  /** Set on the first group of a day. */
  readonly day: string | null;
  readonly from: Entry['from'];
  readonly agent: Entry['agent'];
  readonly entries: readonly Entry[];
}

const groupGap = 5 * 60_000;
const dayOf = (at: string): string => new Date(at).toDateString();

const joins = (before: Entry | undefined, entry: Entry): boolean =>
  before !== undefined &&
  before.from === entry.from &&
  before.agent?.name === entry.agent?.name &&
  dayOf(before.at) === dayOf(entry.at) &&
  Math.abs(Date.parse(entry.at) - Date.parse(before.at)) < groupGap;

/** One turn of one person, as it is read: days apart, pauses of five minutes apart. */
export const groupEntries = (entries: readonly Entry[]): Group[] => {
  const groups: (Omit<Group, 'entries'> & { entries: Entry[] })[] = [];
  entries.forEach((entry, index) => {
    const before = entries[index - 1];
    const group = groups.at(-1);
    if (group && joins(before, entry)) {
      group.entries.push(entry);
      return;
    }
    const newDay = !before || dayOf(before.at) !== dayOf(entry.at);
    groups.push({
      key: entry.key,
      day: newDay ? entry.at : null,
      from: entry.from,
      agent: entry.agent,
      entries: [entry],
    });
  });
  return groups;
};

export interface History {
  readonly entries: Entry[];
  readonly hasOlder: boolean;
}

/** Who has seen a message has seen all before it: also those that are older than the page that says so. */
const readBackwards = (entries: Entry[]): Entry[] => {
  const last = entries.findLast(({ from, state }) => from === 'visitor' && state === 'read');
  return last ? markRead(entries, last.key) : entries;
};

/**
 * After a reconnect: the hub's newest messages beside what is shown. Where the two do not touch, messages between them are
 * missing: then only the hub's count, and what came while they were on their way; scrolling up brings the rest.
 */
export const joinWelcome = (shown: History, messages: readonly VisitorMessage[], hasOlder: boolean): History => {
  const ids = new Set(messages.map(({ id }) => id));
  const known = shown.entries.filter(({ id }) => id !== null);
  const touches = known.some(({ id }) => id !== null && ids.has(id));
  const gap = hasOlder && known.length > 0 && !touches;
  const newest = Date.parse(messages.at(-1)?.at ?? '');
  const kept = gap ? shown.entries.filter((entry) => unsent(entry) || entry.order > newest) : shown.entries;
  const reachesBack = touches && known[0]?.id !== null && !ids.has(known[0]?.id ?? '');
  return { entries: readBackwards(mergeMessages(kept, messages)), hasOlder: reachesBack ? shown.hasOlder : hasOlder };
};
