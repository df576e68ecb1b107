import { describe, expect, it } from '@jest/globals';
import { around, down, newest, rangeOf, up } from './window.ts';

const items = (count: number, from = 0) => Array.from({ length: count }, (_, index) => ({ key: `k${from + index}` }));

describe('the window of a conversation', () => {
  it('follows the newest item', () => {
    expect(rangeOf(items(30), newest)).toEqual({ from: 0, to: 30 });
    expect(rangeOf(items(500), newest)).toEqual({ from: 460, to: 500 });
    expect(rangeOf(items(501), newest)).toEqual({ from: 461, to: 501 });
  });

  it('goes up step by step, lets the far end go, and comes back down to the newest', () => {
    const all = items(1000);
    let window = newest;
    for (let step = 0; step < 20; step += 1) window = up(all, window);
    expect(rangeOf(all, window)).toEqual({ from: 0, to: 240 });
    for (let step = 0; step < 20; step += 1) window = down(all, window);
    expect(rangeOf(all, window)).toEqual({ from: 760, to: 1000 });
    expect(window.end).toBeNull();
  });

  it('stays on its items when older ones come before and newer ones after', () => {
    const all = items(600, 100);
    const window = [1, 2, 3, 4, 5].reduce((each) => up(all, each), newest);
    const shown = (list: { key: string }[]) => {
      const { from, to } = rangeOf(list, window);
      return [list[from]?.key, list[to - 1]?.key];
    };
    expect(shown([...items(100), ...all, ...items(5, 700)])).toEqual(shown(all));
  });

  it.each([
    [0, 0, 60],
    [300, 240, 360],
    [599, 539, 600],
  ])('has item %i in the middle', (index, from, to) => {
    const all = items(600);
    expect(rangeOf(all, around(all, index))).toEqual({ from, to });
  });
});
