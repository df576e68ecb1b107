import { describe, expect, it } from '@jest/globals';
import { DEFAULT_CAPACITY, type AgentState } from '@switchboard/contract';
import { decide, type Candidate } from './decide.ts';

const { webchat, voice } = DEFAULT_CAPACITY.channels;
const ready = (name: string, used: number, { capacity = 5, lastAt = 0, exclusive = false } = {}): Candidate => ({
  agent: { id: name, name },
  state: 'ready',
  load: { used, exclusive },
  capacity,
  lastAt,
});
const not = (name: string, state: Exclude<AgentState, 'ready'>): Candidate => ({ agent: { id: name, name }, state });
const winnerOf = (...candidates: Candidate[]) => decide(candidates, webchat).winner?.name ?? null;

describe('the routing', () => {
  it('takes of whose capacity the least is used', () =>
    expect(winnerOf(ready('Ada', 3), ready('Bo', 1), ready('Cy', 2))).toBe('Bo'));

  it('sees that two of ten is less than one of three', () =>
    expect(winnerOf(ready('Ada', 1, { capacity: 3 }), ready('Bo', 2, { capacity: 10 }))).toBe('Bo'));

  it('takes between equals who got work longest ago', () =>
    expect(winnerOf(ready('Ada', 1, { lastAt: 200 }), ready('Bo', 1, { lastAt: 100 }))).toBe('Bo'));

  it('takes nobody who is not ready, has too much, or is on a call', () =>
    expect(
      winnerOf(not('Ada', 'away'), ready('Bo', 4.5), not('Cy', 'offline'), ready('Di', 1, { exclusive: true })),
    ).toBeNull());

  it('gives a call to who has nothing else', () =>
    expect(decide([ready('Ada', 0.34), ready('Bo', 0)], voice).winner?.name).toBe('Bo'));

  it('says of each what ruled them out, and who comes closest first', () => {
    const { candidates } = decide([not('Ada', 'offline'), ready('Bo', 5), ready('Cy', 4)], webchat);
    expect(candidates).toEqual([
      { agent: { id: 'Cy', name: 'Cy' }, removedBy: null, score: 0.8, load: { used: 4, capacity: 5 } },
      { agent: { id: 'Bo', name: 'Bo' }, removedBy: 'full', score: 1, load: { used: 5, capacity: 5 } },
      { agent: { id: 'Ada', name: 'Ada' }, removedBy: 'offline', score: null },
    ]);
  });

  it('keeps a bounded number and says how many more there were', () => {
    const { candidates, omitted } = decide(
      Array.from({ length: 33 }, (_, index) => ready(`${index}`, index)),
      webchat,
    );
    expect([candidates.length, omitted]).toEqual([20, 13]);
  });
});
