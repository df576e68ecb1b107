import { describe, expect, it } from '@jest/globals';
import { FairShare } from './fair-share.ts';

function fill(share: FairShare, account: string, places: number): number {
  let taken = 0;
  for (; share.hasRoom(account, places); taken += 1) share.take(account);
  return taken;
}

describe('FairShare', () => {
  it('leaves room for others, however much one account brings', () => {
    const share = new FairShare();
    expect(fill(share, 'flood', 100)).toBe(75);
    expect(share.hasRoom('quiet', 100)).toBe(true);
  });

  it('gives two that flood the same in the end, whoever came first', () => {
    const share = new FairShare();
    const held = { first: fill(share, 'first', 100), second: fill(share, 'second', 100) };
    for (let round = 0; round < 200; round += 1) {
      for (const account of ['first', 'second'] as const) {
        share.giveBack(account);
        held[account] -= 1;
        held[account] += fill(share, account, 100);
      }
    }
    expect(Math.abs(held.first - held.second)).toBeLessThanOrEqual(3);
    expect(share.inUse).toBe(held.first + held.second);
  });

  it('gives nobody anything while more is held than there is, and forgets who has left', () => {
    const share = new FairShare();
    fill(share, 'a', 40);
    expect(share.hasRoom('b', 10)).toBe(false);
    while (share.inUse > 0) share.giveBack('a');
    expect(fill(share, 'a', 40)).toBe(30);
  });
});
