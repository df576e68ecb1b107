import { expect, it } from '@jest/globals';
import { WriteBatches } from './write-batches.ts';

/** A store that answers when told to. */
function aStore(maxItems = 100) {
  const writes: number[][] = [];
  const answers: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const batches = new WriteBatches<number>((items) => {
    writes.push(items);
    return new Promise<void>((resolve, reject) => answers.push({ resolve, reject }));
  }, maxItems);
  const answer = async (error?: Error) => {
    const next = answers.shift()!;
    if (error) next.reject(error);
    else next.resolve();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { writes, batches, answer };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

it('writes together what is added in one turn, and then what came meanwhile', async () => {
  const { writes, batches, answer } = aStore();
  const first = [batches.add([1]), batches.add([2, 3])];
  await turn();
  const second = [batches.add([4]), batches.add([5])];
  await turn();
  expect(writes).toEqual([[1, 2, 3]]);
  await answer();
  await Promise.all(first);
  expect(writes).toEqual([
    [1, 2, 3],
    [4, 5],
  ]);
  await answer();
  await Promise.all(second);
});

it('splits at the limit, but never what was added at once', async () => {
  const { writes, batches, answer } = aStore(3);
  const added = [batches.add([1, 2]), batches.add([3, 4]), batches.add([5])];
  await turn();
  await answer();
  await answer();
  await Promise.all(added);
  expect(writes).toEqual([[1, 2, 3, 4], [5]]);
});

it('tells those whose write failed, and only them', async () => {
  const { batches, answer } = aStore();
  const failing = batches.add([1]);
  await turn();
  const later = batches.add([2]);
  const told = expect(failing).rejects.toThrow('full');
  await answer(new Error('full'));
  await told;
  await answer();
  await later;
  await batches.idle();
});

it('lets more gather after each write of what nobody waits for', async () => {
  const writes: number[][] = [];
  const batches = new WriteBatches<number>(async (items) => void writes.push(items), 100, 5);
  await batches.add([1]);
  await Promise.all([batches.add([2]), batches.add([3])]);
  expect(writes).toEqual([[1], [2, 3]]);
  await batches.idle();
});
