import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Bus } from '../bus/bus.ts';
import { SharedCopy } from './shared-copy.ts';

let heard: () => void;
let loads: (() => void)[];
let stored: string;
let now: number;
let copy: SharedCopy<string>;

beforeEach(async () => {
  loads = [];
  stored = 'first';
  now = 0;
  const bus = {
    listen: async (_: string, handle: (payload: unknown) => void) => {
      heard = () => handle({});
    },
    broadcast: async () => heard(),
  } as unknown as Bus;
  const load = () => {
    const value = stored;
    return new Promise<string>((resolve) => loads.push(() => resolve(value)));
  };
  copy = new SharedCopy('thing', load, bus, { now: () => new Date(now) });
  await copy.follow();
});
const loaded = () => loads.splice(0).forEach((resolve) => resolve());

describe('a shared copy', () => {
  it('is loaded once for all who read it', async () => {
    const reads = [copy.read(), copy.read()];
    loaded();
    expect(await Promise.all([...reads, copy.read()])).toEqual(['first', 'first', 'first']);
    expect(loads).toHaveLength(0);
  });

  it('is loaded anew when another process says that it changed, also while it is being loaded', async () => {
    const old = copy.read();
    stored = 'second';
    heard();
    const fresh = copy.read();
    loaded();
    expect([await old, await fresh, await copy.read()]).toEqual(['first', 'second', 'second']);
  });

  it('is loaded anew after a change of one’s own, and when it is old', async () => {
    await copy.changed();
    for (const at of [0, 29_999, 30_000]) {
      now = at;
      void copy.read();
    }
    expect(loads).toHaveLength(2);
    loaded();
  });

  it('is not kept when loading failed', async () => {
    const answers = [Promise.reject(new Error('down')), Promise.resolve('up')];
    const failing = new SharedCopy('thing', () => answers.shift() as Promise<string>, {} as Bus, {
      now: () => new Date(0),
    });
    await expect(failing.read()).rejects.toThrow('down');
    expect(await failing.read()).toBe('up');
  });
});
