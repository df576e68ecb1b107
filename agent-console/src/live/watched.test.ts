import { describe, expect, it } from '@jest/globals';
import type { EntryView } from '@switchboard/contract';
import { GAP_MS, type WatchAnswer, Watched } from './watched.ts';

const note = (seq: number): EntryView => ({
  id: `n${seq}`,
  ticketId: 't',
  seq,
  at: '2026-03-02T10:00:00.000Z',
  author: { kind: 'agent', id: 'a', name: 'Ada' },
  type: 'note',
  text: `note ${seq}`,
});
const change = (seq: number) => ({ ticketId: 't', seq, entries: [note(seq)] });
const replay = (seq: number, ...seqs: number[]): WatchAnswer =>
  ({ kind: 'replay', seq, entries: seqs.map(note) }) as unknown as WatchAnswer;

function watched(answers: (WatchAnswer | Error)[], { seq = 0, resyncTo = 0 } = {}) {
  const seen: number[] = [];
  const asked: number[] = [];
  const timers: { ms: number; run: () => void }[] = [];
  const state = { connected: true, gone: 0, resyncs: 0 };
  const ticket = new Watched(
    seq,
    {
      apply: (entries) => seen.push(...entries.map((entry) => entry.seq)),
      resync: async () => {
        state.resyncs += 1;
        return resyncTo;
      },
      gone: () => void (state.gone += 1),
    },
    {
      ask: async (since) => {
        asked.push(since);
        const answer = answers.shift();
        if (!answer || answer instanceof Error) throw answer ?? new Error('no answer');
        return answer;
      },
      connected: () => state.connected,
      later: (ms, run) => {
        const timer = { ms, run };
        timers.push(timer);
        return () => void timers.splice(timers.indexOf(timer), 1);
      },
    },
  );
  const fire = async () => {
    timers.shift()?.run();
    await new Promise(setImmediate);
  };
  return { ticket, seen, asked, timers, state, fire };
}

describe('Watched', () => {
  it('waits briefly at a gap and asks nothing when the missing change comes', async () => {
    const { ticket, seen, asked, timers, fire } = watched([]);
    ticket.offer(change(2));
    expect(timers.map((timer) => timer.ms)).toEqual([GAP_MS]);
    ticket.offer(change(1));
    await fire();
    expect([seen, asked]).toEqual([[1, 2], []]);
  });

  it('asks for what stays missing', async () => {
    const { ticket, seen, asked, fire } = watched([replay(3, 1, 2, 3)]);
    ticket.offer(change(3));
    await fire();
    expect([seen, asked]).toEqual([[1, 2, 3], [0]]);
  });

  it('asks again when there was no answer, but not without a connection', async () => {
    const { ticket, seen, asked, timers, state, fire } = watched([new Error('lost'), replay(1, 1), new Error('lost')]);
    await ticket.catchUp();
    await fire();
    expect([seen, asked]).toEqual([[1], [0, 0]]);
    state.connected = false;
    await ticket.catchUp();
    expect(timers).toHaveLength(0);
  });

  it('loads anew when too much was missed and goes on from there', async () => {
    const { ticket, seen, state } = watched([{ kind: 'resync' }], { resyncTo: 900 });
    await ticket.catchUp();
    ticket.offer(change(900));
    ticket.offer(change(901));
    expect([state.resyncs, seen]).toEqual([1, [901]]);
  });

  it('says that a ticket is gone, and nothing after it was stopped', async () => {
    const gone = watched([{ kind: 'gone' }]);
    await gone.ticket.catchUp();
    expect(gone.state.gone).toBe(1);
    const stopped = watched([replay(1, 1)]);
    const asking = stopped.ticket.catchUp();
    stopped.ticket.stop();
    await asking;
    expect(stopped.seen).toEqual([]);
  });
});
