import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { agentLoadSchema, type AgentLoad } from '../../server/src/modules/routing/agent-load.schema.ts';
import { LoadGuard } from '../../server/src/modules/routing/load-guard.ts';
import { openTestDatabase, type TestDatabase } from '../support/services/index.ts';

const ROOM = 5;
let database: TestDatabase;
let now = new Date('2026-03-02T10:00:00Z');
const clock = { now: () => now };
let guard: LoadGuard;

beforeAll(async () => {
  database = await openTestDatabase();
  guard = new LoadGuard(database.connection.model<AgentLoad>('agentloads', agentLoadSchema), clock);
});
afterAll(() => database.drop());

const read = async (agentId: string) => (await guard.of([agentId])).get(agentId) as AgentLoad;
/** As who decides does: looks, and claims where there is room by what was seen. */
async function decides(agentId: string, ticketId: string): Promise<boolean> {
  for (;;) {
    const seen = await read(agentId);
    if (guard.held(seen).length >= ROOM) return false;
    if ((await guard.claim(seen, { ticketId, channel: 'sms' })) !== null) return true;
  }
}

it('gives no place twice, however many decide at once', async () => {
  const outcomes = await Promise.all(Array.from({ length: 30 }, (_, index) => decides('ada', `ticket-${index}`)));
  expect(outcomes.filter(Boolean)).toHaveLength(ROOM);
  expect(guard.held(await read('ada'))).toHaveLength(ROOM);
});

it('has the place back when the ticket is where it belongs, and refuses who looked before that', async () => {
  await decides('bo', 'first');
  const seen = await read('bo');
  await guard.release('bo', 'first');
  expect(guard.held(await read('bo'))).toEqual([]);
  expect(await guard.claim(seen, { ticketId: 'second', channel: 'sms' })).toBeNull();
});

it('claims a ticket again for who was killed over it, and lets go of it in time', async () => {
  await decides('cy', 'the same');
  await decides('cy', 'the same');
  expect(guard.held(await read('cy')).map(({ ticketId }) => ticketId)).toEqual(['the same']);
  now = new Date(now.getTime() + 31_000);
  expect(guard.held(await read('cy'))).toEqual([]);
});

it('lets go of one’s own claim only', async () => {
  const claim = async () => guard.claim(await read('ed'), { ticketId: 'both', channel: 'sms' });
  const [first, second] = [await claim(), await claim()];
  await guard.release('ed', 'both', second ?? 0);
  expect(guard.held(await read('ed'))).toMatchObject([{ ticketId: 'both', claim: first }]);
  await guard.release('ed', 'both');
  expect(guard.held(await read('ed'))).toEqual([]);
});

it('notes since when somebody is idle, also of who was never given anything', async () => {
  await guard.idle('di');
  await guard.idle('di');
  expect(await read('di')).toMatchObject({ version: 0, idleSince: now, givenAt: null });
  expect(await decides('di', 'one')).toBe(true);
});
