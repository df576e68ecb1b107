import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Bus, BusMessage } from '../../platform/bus/index.ts';
import { silentLog } from '../../platform/log/log.ts';
import { MemoryPresence } from '../../platform/presence/memory-presence.ts';
import { Pace, type Command } from './pace.ts';

type Open = Parameters<Pace['admits']>[0];
const account = (id: string, perSecond: number | null): Open =>
  ({
    account: { _id: id },
    connector: { capabilities: { rateLimit: perSecond === null ? null : { perSecond } } },
  }) as unknown as Open;
const command = (messageId: string, attempt = 1, turnOf?: number): Command => ({
  ...{ topic: 'outbound.sms', key: 'k', id: `c-${messageId}`, attempt },
  payload: { messageId, ...(turnOf !== undefined && { turnOf }) },
});

let presence: MemoryPresence;
let published: { at: number; message: BusMessage }[];
let paces: Pace[];
let heard: () => void;
beforeEach(() => {
  presence = new MemoryPresence();
  published = [];
  heard = () => undefined;
  paces = [];
});
afterEach(async () => {
  for (const pace of paces) await pace.beforeApplicationShutdown();
  await presence.close();
});

function process_(): Pace {
  const publish = async (...messages: BusMessage[]) => {
    published.push(...messages.map((message) => ({ at: Date.now(), message })));
    heard();
  };
  const pace = new Pace(presence, { publish } as unknown as Bus, silentLog);
  paces.push(pace);
  return pace;
}
const publishes = (count: number) =>
  new Promise<void>((resolve) => {
    heard = () => void (published.length >= count && resolve());
    heard();
  });
const ids = () => published.map(({ message }) => (message.payload as { messageId: string }).messageId);

describe('Pace', () => {
  it('lets a burst go at once, and the rest in its order as the provider takes it, while nobody else waits', async () => {
    const pace = process_();
    const slow = account('slow', 2);
    const admitted = [];
    for (const id of ['a', 'b', 'c', 'd', 'e']) admitted.push(await pace.admits(slow, command(id)));
    expect(admitted).toEqual([true, true, false, false, false]);
    expect(await pace.admits(account('other', 2), command('x'))).toBe(true);
    expect(await pace.admits(account('free', null), command('y'))).toBe(true);
    const began = Date.now();
    await publishes(3);
    expect(ids()).toEqual(['c', 'd', 'e']);
    expect(Date.now() - began).toBeGreaterThan(1_500);
    expect(await pace.admits(slow, { ...command('c'), payload: published[0]?.message.payload as never })).toBe(true);
  });

  it('holds over all processes together', async () => {
    const [one, two] = [process_(), process_()];
    const shared = account('shared', 2);
    const answers = [];
    for (const pace of [one, two, one, two]) answers.push(await pace.admits(shared, command(`m${answers.length}`)));
    expect(answers).toEqual([true, true, false, false]);
  });

  it('stays away from the account that the provider named, and from no other', async () => {
    const pace = process_();
    await process_().pause('named', 600);
    expect(await pace.admits(account('named', null), command('a'))).toBe(false);
    expect(await pace.admits(account('free', null), command('b'))).toBe(true);
    const began = Date.now();
    await publishes(1);
    expect(Date.now() - began).toBeGreaterThan(300);
    expect(ids()).toEqual(['a']);
  });

  it('remembers how often a command was tried, and makes it wait again when it is tried again', async () => {
    const pace = process_();
    await pace.pause('named', 200);
    expect(await pace.admits(account('named', null), command('a', 3))).toBe(false);
    await publishes(1);
    expect(published[0]?.message.payload).toEqual({ messageId: 'a', turnOf: 2 });
    await pace.pause('named', 60_000);
    expect(await pace.admits(account('named', null), command('a', 2, 2))).toBe(false);
  });

  it('lets what is queued twice stand in line once, and gives the line back when its process ends', async () => {
    const pace = process_();
    await pace.pause('named', 60_000);
    for (const id of ['a', 'b', 'a']) await pace.admits(account('named', null), command(id));
    await pace.beforeApplicationShutdown();
    expect(ids()).toEqual(['a', 'b']);
    paces.length = 0;
  });
});
