import { expect, it } from '@jest/globals';
import { outcomesOf } from './outcomes.ts';

it('tells each outcome once, with how many had it', () => {
  const good = (message: string) => ({ ok: true, message });
  const bad = (message: string) => ({ ok: false, message });
  expect(outcomesOf([bad('gone'), good('read'), bad('no sender'), good('on its way'), bad('no sender')])).toEqual([
    { ok: true, message: 'on its way', count: 2 },
    { ok: false, message: 'no sender', count: 2 },
    { ok: false, message: 'gone', count: 1 },
  ]);
  expect(outcomesOf([])).toEqual([]);
});
