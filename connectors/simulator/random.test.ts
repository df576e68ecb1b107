import { describe, expect, it } from '@jest/globals';
import { Random } from './random.ts';

describe('chance', () => {
  it('tells the same story for the same seed, and another for another', () => {
    const [one, same, other] = [7, 7, 8].map((seed) => new Random(seed).hex(32));
    expect(same).toBe(one);
    expect(other).not.toBe(one);
  });

  it('keeps within its bounds and reaches both ends', () => {
    const random = new Random(1);
    const thrown = new Set(Array.from({ length: 500 }, () => random.int(1, 6)));
    expect([...thrown].sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('makes ids that the hub takes for ids', () => {
    expect(new Random(3).uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
