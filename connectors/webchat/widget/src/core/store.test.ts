import { expect, it } from '@jest/globals';
import { browserStorage, memoryStorage, Store } from './store.ts';

const blocked = () => {
  throw new Error('the browser keeps nothing');
};

it('keeps accounts apart', () => {
  const values = memoryStorage();
  const [one, other] = [new Store(values, 'one'), new Store(values, 'other')];
  one.write({ token: 'a' });
  other.write({ token: 'b' });
  one.put('out', 'id', 1);
  expect([one.read().token, other.read().token, other.list('out')]).toEqual(['a', 'b', []]);
});

it('forgets one account and nothing else', () => {
  const values = memoryStorage();
  values.setItem('the-shop', 'its own');
  const [one, other] = [new Store(values, 'one'), new Store(values, 'one-more')];
  one.write({ token: 'a' });
  one.put('out', 'id', 1);
  other.write({ token: 'b' });
  one.forget();
  expect([one.read(), one.list('out'), other.read().token]).toEqual([{}, [], 'b']);
  expect(values.getItem('the-shop')).toBe('its own');
});

it('works for as long as the page where storage is blocked', () => {
  const store = new Store(browserStorage(blocked), 'one');
  store.write({ token: 'a' });
  store.put('out', 'id', { text: 'kept' });
  expect([store.read().token, store.list('out')]).toEqual(['a', [{ text: 'kept' }]]);
});

it('works for as long as the page where storage is full', () => {
  const full = { ...memoryStorage(), setItem: blocked } as unknown as Storage;
  const store = new Store(
    browserStorage(() => full),
    'one',
  );
  store.write({ token: 'a' });
  expect(store.read().token).toBe('a');
});

it('starts afresh with what it cannot read', () => {
  const values = memoryStorage();
  values.setItem('switchboard:one', '{broken');
  values.setItem('switchboard:one:out:x', 'null');
  const store = new Store(values, 'one');
  expect([store.read(), store.list('out')]).toEqual([{}, []]);
});
