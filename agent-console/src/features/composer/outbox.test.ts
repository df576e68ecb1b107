import { describe, expect, it } from '@jest/globals';
import { Outbox, type Outcome, type OutboxItem } from './outbox.ts';

function memory() {
  const held = new Map<string, string>();
  return {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
    removeItem: (key: string) => void held.delete(key),
    key: (index: number) => [...held.keys()][index] ?? null,
    get length() {
      return held.size;
    },
  };
}

function outbox(outcome: (item: OutboxItem) => Outcome, storage = memory()) {
  const asked: OutboxItem[] = [];
  let shown: readonly OutboxItem[] = [];
  const box = new Outbox('me', {
    storage,
    changed: (items) => (shown = items),
    alone: (_name, work) => work(),
    send: async (item) => {
      asked.push(item);
      return outcome(item);
    },
  });
  return { box, asked, storage, shown: () => shown };
}
const reply = (clientId: string, ticketId = 't1', at = clientId) => ({
  clientId,
  ticketId,
  at,
  author: 'Ada',
  content: {
    kind: 'reply' as const,
    body: { clientId, threadId: 'th', parts: [{ type: 'text' as const, text: clientId }] },
  },
});

describe('Outbox', () => {
  it('sends one ticket’s replies in order and forgets what arrived', async () => {
    const { box, asked, storage } = outbox(() => ({ kind: 'sent' }));
    box.add(reply('1'));
    box.add(reply('2'));
    await box.flush();
    await new Promise(setImmediate);
    expect(asked.map((item) => item.clientId)).toEqual(['1', '2']);
    expect([box.items.length, storage.length]).toEqual([0, 0]);
  });

  it('keeps what could not be sent through a reload and sends it with the same clientId', async () => {
    const first = outbox(() => ({ kind: 'no-connection' }));
    first.box.add(reply('1'));
    await first.box.flush();
    await new Promise(setImmediate);
    expect(first.shown()).toMatchObject([{ clientId: '1', state: 'waiting' }]);

    const second = outbox(() => ({ kind: 'sent' }), first.storage);
    expect(second.shown()).toMatchObject([{ clientId: '1', state: 'waiting' }]);
    await second.box.flush();
    expect(second.asked).toMatchObject([{ clientId: '1' }]);
    expect(second.storage.length).toBe(0);
  });

  it('does not let a later reply overtake one that waits', async () => {
    const { box, asked } = outbox(() => ({ kind: 'no-connection' }));
    box.add(reply('1'));
    box.add(reply('2'));
    await new Promise(setImmediate);
    expect(new Set(asked.map((item) => item.clientId))).toEqual(new Set(['1']));
  });

  it('asks when the ticket changed, and says what came', async () => {
    const overtaken = { seq: 7, news: [] };
    const { box, asked, shown } = outbox(() => ({ kind: 'changed', reason: 'Bob replied', overtaken }));
    box.add(reply('1'));
    await new Promise(setImmediate);
    expect(shown()).toMatchObject([{ state: 'changed', reason: 'Bob replied', overtaken }]);
    await box.flush();
    expect(asked).toHaveLength(1);
  });

  it('sends in one tab what two have, and gives back to one what it held', async () => {
    const storage = memory();
    const offline = outbox(() => ({ kind: 'no-connection' }), storage);
    offline.box.add(reply('1'));
    offline.box.add(reply('2'));
    await new Promise(setImmediate);
    let free = Promise.resolve();
    const alone = (_name: string, work: () => Promise<void>) => (free = free.then(work));
    const asked: string[] = [];
    const tabs = [1, 2].map(() => {
      const send = async ({ clientId }: OutboxItem) => {
        asked.push(clientId);
        return { kind: 'sent' as const };
      };
      return new Outbox('me', { storage, alone, changed: () => undefined, send });
    });
    await Promise.all(tabs.map((tab) => tab.flush()));
    expect(asked).toEqual(['1', '2']);
    expect(tabs.map((tab) => tab.items)).toEqual([[], []]);
    expect(offline.box.remove('1')).toBeUndefined();
  });

  it('keeps a refused reply with its reason and goes on with the next', async () => {
    const { box, shown } = outbox((item) =>
      item.clientId === '1' ? { kind: 'refused', reason: 'Not a mobile number' } : { kind: 'sent' },
    );
    box.add(reply('1'));
    box.add(reply('2'));
    await new Promise(setImmediate);
    expect(shown()).toMatchObject([{ clientId: '1', state: 'refused', reason: 'Not a mobile number' }]);
    expect(box.remove('1')?.clientId).toBe('1');
    expect(box.items).toEqual([]);
  });

  it('does not show again what a live event already settled', async () => {
    const { box, storage } = outbox(() => {
      box.remove('1');
      return { kind: 'no-connection' };
    });
    box.add(reply('1'));
    await new Promise(setImmediate);
    expect([box.items.length, storage.length]).toEqual([0, 0]);
  });
});
