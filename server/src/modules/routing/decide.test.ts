import { describe, expect, it } from '@jest/globals';
import type { AgentState } from '@switchboard/contract';
import { decide, MOST_IN_WORK, type Candidate } from './decide.ts';

const one = (name: string, state: AgentState, inWork?: number, lastAt = 0): Candidate => ({
  agent: { id: name, name },
  state,
  load: inWork === undefined ? null : { inWork, lastAt },
});
const winnerOf = (...candidates: Candidate[]) => decide(candidates).winner?.name ?? null;

describe('the routing', () => {
  it('takes who has the least in work', () =>
    expect(winnerOf(one('Ada', 'ready', 3), one('Bo', 'ready', 1), one('Cy', 'ready', 2))).toBe('Bo'));

  it('takes between equals who got work longest ago', () =>
    expect(winnerOf(one('Ada', 'ready', 1, 200), one('Bo', 'ready', 1, 100))).toBe('Bo'));

  it('takes nobody who is not ready, or has too much', () =>
    expect(winnerOf(one('Ada', 'away'), one('Bo', 'ready', MOST_IN_WORK), one('Cy', 'offline'))).toBeNull());

  it('says of each what ruled them out, and who comes closest first', () => {
    const { candidates } = decide([one('Ada', 'offline'), one('Bo', 'ready', 20), one('Cy', 'ready', 4)]);
    expect(candidates.map(({ agent, removedBy, score }) => [agent.name, removedBy, score])).toEqual([
      ['Cy', null, 4],
      ['Bo', 'full', 20],
      ['Ada', 'offline', null],
    ]);
  });

  it('keeps a bounded number and says how many more there were', () => {
    const { candidates, omitted } = decide(Array.from({ length: 33 }, (_, index) => one(`${index}`, 'ready', index)));
    expect([candidates.length, omitted]).toEqual([20, 13]);
  });
});
