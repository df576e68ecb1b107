import { expect, it } from '@jest/globals';
import { eachInTurn } from './each-in-turn.ts';

it('does all that is due in its order, whatever becomes of one of them', async () => {
  const done: string[] = [];
  const failures: string[] = [];
  const work = async (one: string) => {
    if (one === 'broken') throw new Error('It can’t be done now');
    done.push(one);
  };
  await eachInTurn(['first', 'broken', 'last'], work, (error, one) =>
    failures.push(`${one}: ${(error as Error).message}`),
  );
  expect([done, failures]).toEqual([['first', 'last'], ['broken: It can’t be done now']]);
});
