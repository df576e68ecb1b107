import { expect, it } from '@jest/globals';
import { Soon } from './soon.ts';

it('does what has gathered in one go, and the rest at closing', async () => {
  const done: string[][] = [];
  let waiting: string[] = [];
  const soon = new Soon(
    60_000,
    () => Promise.resolve(void done.push(waiting.splice(0))),
    (error) => {
      throw error;
    },
  );
  for (const one of ['a', 'b']) {
    waiting.push(one);
    soon.due();
  }
  expect(done).toEqual([]);
  await soon.close();
  expect(done).toEqual([['a', 'b']]);
  waiting = ['c'];
  await soon.close();
  expect(done).toHaveLength(1);
});

it('tells of a failure and goes on', async () => {
  const failures: unknown[] = [];
  let turn = 0;
  const soon = new Soon(
    60_000,
    () => (++turn === 1 ? Promise.reject(new Error('gone')) : Promise.resolve()),
    (error) => failures.push(error),
  );
  soon.due();
  await soon.close();
  soon.due();
  await soon.close();
  expect([turn, failures]).toEqual([2, [new Error('gone')]]);
});
