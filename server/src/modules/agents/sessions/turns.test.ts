import { expect, it } from '@jest/globals';
import { turns } from './turns.ts';

it('lets so many run at once, in the order of coming, and goes on after a failure', async () => {
  const inTurn = turns(2);
  const started: number[] = [];
  let running = 0;
  let most = 0;
  const works = [1, 2, 3, 4, 5].map((number) =>
    inTurn(async () => {
      started.push(number);
      most = Math.max(most, ++running);
      await new Promise(setImmediate);
      running -= 1;
      if (number === 2) throw new Error('failed');
      return number;
    }),
  );
  const answers = await Promise.allSettled(works);
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
  expect(started).toEqual([1, 2, 3, 4, 5]);
  expect(most).toBe(2);
  expect(await inTurn(async () => 'again')).toBe('again');
});
