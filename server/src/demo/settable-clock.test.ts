import { describe, expect, it } from '@jest/globals';
import { SettableClock } from './settable-clock.ts';

const monday = new Date('2026-03-02T10:00:00.000Z');
const tuesday = new Date('2026-03-03T10:00:00.000Z');

describe('a clock that can be set', () => {
  it('has its own time for each piece of work, also after a wait', async () => {
    const clock = new SettableClock();
    const read = async () => {
      await Promise.resolve();
      return clock.now();
    };
    expect(await Promise.all([clock.at(monday, read), clock.at(tuesday, read)])).toEqual([monday, tuesday]);
  });

  it('gives ids that sort by its time, and within one instant by their order', async () => {
    const clock = new SettableClock();
    const late = await clock.at(tuesday, async () => clock.newId());
    const early = await clock.at(monday, async () => [clock.newId(), clock.newId()]);
    expect([...early, late].toSorted()).toEqual([...early, late]);
  });
});
