import { expect, it } from '@jest/globals';
import { Outbox } from './outbox.ts';
import type { MessageFrame, Sent } from './outbox.ts';
import { memoryStorage, Store } from './store.ts';

const aFrame = (number: number): MessageFrame => ({
  type: 'message',
  id: `018f0000-0000-7000-8000-00000000000${number}`,
  parts: [{ type: 'text', text: `message ${number}` }],
  at: `2026-03-02T10:00:0${number}.000Z`,
});
const anOutbox = (answers: Sent[], values = memoryStorage(), alone = (work: () => Promise<boolean>) => work()) => {
  const sent: string[] = [];
  const told: string[] = [];
  const send = async ({ id }: MessageFrame): Promise<Sent> => {
    sent.push(id);
    return answers.shift() ?? { ok: true };
  };
  const outbox = new Outbox(new Store(values, 'account'), send, {
    alone,
    sent: (id) => told.push(`sent ${id}`),
    refused: (id, problem) => told.push(`${problem} ${id}`),
  });
  return { outbox, sent, told, values };
};
const [one, two, three] = [aFrame(1), aFrame(2), aFrame(3)];

it('sends what waits, oldest first, and forgets it', async () => {
  const { outbox, sent } = anOutbox([]);
  for (const frame of [two, one, three]) outbox.put(frame);
  expect(await outbox.flush()).toBe(true);
  expect(sent).toEqual([one.id, two.id, three.id]);
  expect(outbox.list()).toEqual([]);
});

it('keeps everything, in its order, when one cannot be sent now', async () => {
  const { outbox, sent } = anOutbox([{ ok: true }, 'later']);
  for (const frame of [one, two, three]) outbox.put(frame);
  expect(await outbox.flush()).toBe(false);
  expect(sent).toEqual([one.id, two.id]);
  expect(outbox.list().map(({ frame }) => frame.id)).toEqual([two.id, three.id]);
});

it('sends again with the same id after a reload', async () => {
  const before = anOutbox([{ ok: false, reason: 'busy', retryable: true }]);
  before.outbox.put(one);
  expect(await before.outbox.flush()).toBe(false);
  const after = anOutbox([], before.values);
  expect(await after.outbox.flush()).toBe(true);
  expect([...before.sent, ...after.sent]).toEqual([one.id, one.id]);
});

it('keeps what was refused for the visitor to decide, and goes on with the rest', async () => {
  const { outbox, sent, told } = anOutbox([{ ok: false, reason: 'too long', retryable: false }]);
  outbox.put(one);
  outbox.put(two);
  expect(await outbox.flush()).toBe(true);
  expect(told).toEqual([`too long ${one.id}`, `sent ${two.id}`]);
  expect(outbox.list()).toEqual([{ frame: one, problem: 'too long' }]);
  await outbox.flush();
  expect(sent).toHaveLength(2);
});

it('never sends one message twice at a time', async () => {
  const { outbox, sent } = anOutbox([]);
  outbox.put(one);
  await Promise.all([outbox.flush(), outbox.flush()]);
  expect(sent).toEqual([one.id]);
});

it('sends once what two tabs have', async () => {
  let free: Promise<unknown> = Promise.resolve();
  const alone = (work: () => Promise<boolean>) => {
    const turn = free.then(work);
    free = turn;
    return turn;
  };
  const values = memoryStorage();
  const tabs = [anOutbox([], values, alone), anOutbox([], values, alone)];
  tabs[0]?.outbox.put(one);
  tabs[0]?.outbox.put(two);
  expect(await Promise.all(tabs.map(({ outbox }) => outbox.flush()))).toEqual([true, true]);
  expect(tabs.map(({ sent }) => sent)).toEqual([[one.id, two.id], []]);
});
