import { expect, it } from '@jest/globals';
import { StuckOnes } from './stuck.ts';

interface One {
  readonly at: Date;
  readonly stuck: boolean;
}
const one = (ms: number, stuck: boolean): One => ({ at: new Date(ms), stuck });
const about = { since: ({ at }: One) => at, isStuck: ({ stuck }: One) => stuck };

it('comes to each that is stuck, however many lie before it, and begins anew after the last', async () => {
  const all = [
    ...Array.from({ length: 300 }, (_, index) => one(index, false)),
    ...Array.from({ length: 250 }, (_, index) => one(300 + index, true)),
  ];
  let open = 0;
  const waiting = (from: Date) => {
    open += 1;
    const found = all.filter(({ at }) => at >= from).values();
    return {
      [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve(found.next()) }),
      close: async () => void (open -= 1),
    };
  };
  const stuck = new StuckOnes<One>();
  const taken = async () => {
    const found: number[] = [];
    for await (const { at } of stuck.next(waiting, about)) found.push(+at);
    return found;
  };
  const [first, second, third] = [await taken(), await taken(), await taken()];
  expect([first.length, first[0], second.length, second[0], second.at(-1)]).toEqual([200, 300, 50, 500, 549]);
  expect(third).toEqual(first);
  expect(open).toBe(0);
});
