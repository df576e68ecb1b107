import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DEFAULT_CAPACITY } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Bus } from '../../server/src/platform/bus/index.ts';
import { AssignTicket } from '../../server/src/modules/routing/assign-ticket.ts';
import { RoutingModule } from '../../server/src/modules/routing/routing.module.ts';
import { Standings } from '../../server/src/modules/routing/standings.ts';
import { blankTicket } from '../../server/src/modules/tickets/receiving/blank-ticket.ts';
import type { Ticket } from '../../server/src/modules/tickets/ticket.schema.ts';
import type { ApiClient } from '../support/api-client.ts';
import { startModules, type Modules } from '../support/start-modules.ts';

/** A bus that delivers nothing: the event of what was resolved is never here in time, and nobody else routes. */
const nothing = () => Promise.resolve();
const silent = { publish: nothing, declare: nothing, subscribe: nothing, broadcast: nothing, listen: nothing };
const bus = { ...silent, onDeadLetter: () => undefined, close: nothing } as unknown as Bus;
let modules: Modules;
let ada: ApiClient;
let adaId: string;
let queueId: string;
beforeAll(async () => {
  modules = await startModules([RoutingModule], { bus });
  ada = await modules.administrator();
  const me = await ada.call('session.read');
  [adaId, queueId] = [me.id, me.queueIds[0] ?? ''];
  await modules.platform.presence.enter('consoles', adaId, 'tab', 600_000);
  const { sms } = DEFAULT_CAPACITY.channels;
  const channels = { ...DEFAULT_CAPACITY.channels, sms: { ...sms, wrapUpSeconds: 600 } };
  await ada.call('organisation.update', { body: { capacity: { perAgent: 5, channels } } });
}, 60_000);
afterAll(() => modules.stop());

const tickets = () => modules.app.get<Model<Ticket>>('tickets', { strict: false });
let number = 0;
async function aText(assigneeId?: string): Promise<Ticket> {
  const customer = { _id: randomUUID(), name: 'Cy', words: [] };
  number += 1;
  const opening = { openedBy: randomUUID(), customer, queueId, channel: 'sms' as const, subject: 'A text', parts: [] };
  const ids = { _id: randomUUID(), number, now: new Date() };
  const ticket = blankTicket({ ...opening, ...(assigneeId !== undefined && { assigneeId }) }, ids);
  await tickets().create(ticket);
  return ticket;
}

it('gives nothing to who has just resolved something, though nothing has told of it', async () => {
  const assign = modules.app.get(AssignTicket, { strict: false });
  const standings = modules.app.get(Standings, { strict: false });
  const assignee = async ({ _id }: Ticket) => (await tickets().findById(_id).lean<Ticket>())?.assigneeId;
  const own = await aText(adaId);
  const [before, after] = [await aText(), await aText()];
  await standings.readAll();
  await assign.run(before);
  expect(await assignee(before)).toBe(adaId);

  await ada.call('tickets.update', { params: { id: own._id }, body: { status: 'resolved' } });
  expect((await ada.call('session.read')).state).toBe('ready');
  await assign.run(after);
  expect(await assignee(after)).toBeNull();
  expect(await ada.call('session.read')).toMatchObject({ state: 'wrap-up' });

  // Left by choice, which what was resolved before does not undo.
  await ada.call('me.setState', { body: { state: 'ready' } });
  await standings.read([adaId]);
  await assign.run(after);
  expect(await assignee(after)).toBe(adaId);
  expect((await ada.call('session.read')).state).toBe('ready');
}, 60_000);
