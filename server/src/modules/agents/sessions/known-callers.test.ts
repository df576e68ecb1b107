import { beforeEach, expect, it } from '@jest/globals';
import type { Bus } from '../../../platform/bus/bus.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { KnownCallers } from './known-callers.ts';

const ada: Caller = { id: 'a', name: 'Ada', role: 'agent', queueIds: [], sessionId: 's' };
let now: number;
let reads: number;
let others: () => void;
let callers: KnownCallers;

beforeEach(async () => {
  now = 0;
  reads = 0;
  const bus = {
    listen: async (_: string, handle: (payload: unknown) => void) => {
      others = () => handle({});
    },
    broadcast: async () => undefined,
  } as unknown as Bus;
  callers = new KnownCallers(bus, { now: () => new Date(now) });
  await callers.onModuleInit();
});
const find = (caller: Caller | null) => async () => {
  reads += 1;
  return caller;
};

it('reads a caller once in two seconds', async () => {
  for (const at of [0, 1_999, 2_000]) {
    now = at;
    expect(await callers.of('s', find(ada))).toBe(ada);
  }
  expect(reads).toBe(2);
});

it('reads anew after anything changed, here or on another process', async () => {
  await callers.of('s', find(ada));
  await callers.forget();
  await callers.of('s', find(ada));
  others();
  expect(await callers.of('s', find(null))).toBeNull();
  expect(reads).toBe(3);
});

it('does not keep what was read before a change', async () => {
  await callers.of('s', async () => {
    await callers.forget();
    return ada;
  });
  expect(await callers.of('s', find(null))).toBeNull();
});

it('asks each time for whoever is not let in', async () => {
  await callers.of('s', find(null));
  expect(await callers.of('s', find(ada))).toBe(ada);
});
