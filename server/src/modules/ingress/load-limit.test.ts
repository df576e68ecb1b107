import { describe, expect, it } from '@jest/globals';
import { LoadLimit } from './load-limit.ts';

const well = { lateMs: 2, tookMs: 20, inUse: 60 };

describe('LoadLimit', () => {
  it('grows only while it is used, and not for ever', () => {
    const limit = new LoadLimit();
    limit.adjust({ ...well, inUse: 5 });
    expect(limit.places).toBe(64);
    for (let round = 0; round < 500; round += 1) limit.adjust({ ...well, inUse: limit.places });
    expect(limit.places).toBe(256);
  });

  it.each([
    ['the event loop is late', { ...well, lateMs: 300 }],
    ['each one takes long', { ...well, tookMs: 900 }],
  ])('shrinks fast while %s, but lets some through', (_, load) => {
    const limit = new LoadLimit();
    limit.adjust(load);
    limit.adjust(load);
    expect(limit.places).toBeLessThan(33);
    for (let round = 0; round < 50; round += 1) limit.adjust(load);
    expect(limit.places).toBe(8);
  });

  it('comes back to where it began when all is quiet', () => {
    const limit = new LoadLimit();
    for (let round = 0; round < 50; round += 1) limit.adjust({ ...well, tookMs: 900 });
    for (let round = 0; round < 20; round += 1) limit.adjust({ lateMs: 0, tookMs: 0, inUse: 0 });
    expect(limit.places).toBe(64);
  });
});
