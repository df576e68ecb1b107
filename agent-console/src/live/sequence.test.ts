import { describe, expect, it } from '@jest/globals';
import type { EntryView } from '@switchboard/contract';
import { Sequence, mergeEntries } from './sequence.ts';

const note = (seq: number, text: string, id = `n${seq}`): EntryView => ({
  id,
  ticketId: 't',
  seq,
  at: '2026-03-02T10:00:00.000Z',
  author: { kind: 'agent', id: 'a', name: 'Ada' },
  type: 'note',
  text,
});

/** Small, seeded: a failing case can be run again. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** A ticket on the server: change n adds entry n, or changes an older one. */
function history(length: number, next: () => number) {
  const changes: { seq: number; entries: EntryView[] }[] = [];
  const added: number[] = [];
  for (let seq = 1; seq <= length; seq += 1) {
    const kind = next();
    const old = added[Math.floor(next() * added.length)];
    if (kind < 0.2) changes.push({ seq, entries: [] });
    else if (kind < 0.5 && old !== undefined) {
      changes.push({ seq, entries: [note(old, `changed at ${seq}`, `n${old}`)] });
    } else {
      added.push(seq);
      changes.push({ seq, entries: [note(seq, `made at ${seq}`)] });
    }
  }
  return changes;
}

describe('Sequence', () => {
  it('applies in order what comes in order, and nothing twice', () => {
    const sequence = new Sequence(3);
    expect(sequence.offer({ seq: 4, entries: [note(4, 'a')] })).toHaveLength(1);
    expect(sequence.offer({ seq: 4, entries: [note(4, 'a')] })).toHaveLength(0);
    expect(sequence.offer({ seq: 2, entries: [note(2, 'old')] })).toHaveLength(0);
    expect(sequence.seq).toBe(4);
  });

  it('holds back what comes early and says that something is missing', () => {
    const sequence = new Sequence(0);
    expect(sequence.offer({ seq: 2, entries: [note(2, 'b')] })).toEqual([]);
    expect(sequence.hasGap).toBe(true);
    expect(sequence.offer({ seq: 1, entries: [note(1, 'a')] }).map((entry) => entry.id)).toEqual(['n1', 'n2']);
    expect(sequence.hasGap).toBe(false);
  });

  it('lets a catch-up settle what is older than it, and goes on with what is newer', () => {
    const sequence = new Sequence(0);
    sequence.offer({ seq: 2, entries: [note(2, 'early and outdated')] });
    sequence.offer({ seq: 4, entries: [note(4, 'd')] });
    const ready = sequence.replay({ seq: 3, entries: [note(2, 'b'), note(3, 'c')] });
    expect(ready).toEqual([note(2, 'b'), note(3, 'c'), note(4, 'd')]);
    expect([sequence.seq, sequence.hasGap]).toEqual([4, false]);
  });

  it('ignores a catch-up that is older than what it has', () => {
    const sequence = new Sequence(5);
    expect(sequence.replay({ seq: 4, entries: [note(4, 'old')] })).toEqual([]);
    expect(sequence.seq).toBe(5);
  });

  it.each(Array.from({ length: 60 }, (_, seed) => seed))(
    'ends in the server’s state however deliveries are shuffled, repeated and lost (seed %i)',
    (seed) => {
      const next = random(seed + 1);
      const changes = history(80, next);
      const stateAt = (seq: number) =>
        changes.slice(0, seq).reduce((all, c) => mergeEntries(all, c.entries), [] as EntryView[]);
      const catchUp = (since: number, seq: number) => {
        const touched = new Set(changes.slice(since, seq).flatMap((c) => c.entries.map((entry) => entry.id)));
        return { seq, entries: stateAt(seq).filter((entry) => touched.has(entry.id)) };
      };
      const deliveries = changes
        .flatMap((change) => (next() < 0.15 ? [] : next() < 0.2 ? [change, change] : [change]))
        .map((change) => ({ change, when: change.seq + next() * 8 }))
        .sort((a, b) => a.when - b.when);

      const sequence = new Sequence(0);
      let held: EntryView[] = [];
      for (const { change } of deliveries) {
        held = mergeEntries(held, sequence.offer(change));
        const seen = Math.min(80, Math.max(change.seq, sequence.seq));
        if (sequence.hasGap && next() < 0.3) held = mergeEntries(held, sequence.replay(catchUp(sequence.seq, seen)));
      }
      held = mergeEntries(held, sequence.replay(catchUp(sequence.seq, 80)));
      expect(held).toEqual(stateAt(80));
      expect([sequence.seq, sequence.hasGap]).toEqual([80, false]);
    },
  );
});

describe('mergeEntries', () => {
  it('keeps the place of an entry that changed', () => {
    const merged = mergeEntries([note(1, 'a'), note(2, 'b')], [note(1, 'A')]);
    expect(merged.map((entry) => entry.id)).toEqual(['n1', 'n2']);
    expect(merged[0]).toEqual(note(1, 'A'));
  });

  it('leaves out changes of entries that are not loaded yet', () => {
    expect(mergeEntries([note(5, 'e')], [note(2, 'changed'), note(6, 'f')], 5).map((entry) => entry.seq)).toEqual([
      5, 6,
    ]);
  });
});
