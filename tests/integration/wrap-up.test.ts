import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CallView, QueueView } from '@switchboard/contract';
import { AgentsModule } from '../../server/src/modules/agents/index.ts';
import { CallsModule } from '../../server/src/modules/calls/index.ts';
import { LiveModule } from '../../server/src/modules/live/index.ts';
import { OrganisationModule } from '../../server/src/modules/organisation/index.ts';
import { RoutingModule } from '../../server/src/modules/routing/index.ts';
import { TicketsModule } from '../../server/src/modules/tickets/index.ts';
import type { ApiClient } from '../support/api-client.ts';
import { theCall } from '../support/calls.ts';
import { found } from '../support/eventually.ts';
import { ScriptedCalls } from '../support/scripted-calls.ts';
import { startModules, type Modules } from '../support/start-modules.ts';

let hub: Modules;
let ada: ApiClient;
let me: { id: string; name: string };
let phone: ScriptedCalls;
let support: QueueView;
let billing: QueueView;

beforeAll(async () => {
  hub = await startModules([AgentsModule, TicketsModule, RoutingModule, LiveModule, CallsModule, OrganisationModule]);
  ada = await hub.administrator();
  const { id, name } = await ada.call('session.read');
  me = { id, name };
  phone = await ScriptedCalls.of(hub);
  support = found('the first queue', (await ada.call('queues.list', {})).items[0]);
  billing = await ada.call('queues.create', { body: { name: 'Billing', agentIds: [id] } });
}, 120_000);
afterAll(() => hub.stop());
beforeEach(async () => {
  await own(support, null);
  await own(billing, { dispositions: ['Refund', 'Invoice'], required: true });
  await asked({ dispositions: ['Solved', 'Follow-up needed'], dispositionRequired: false });
});

const own = ({ id }: QueueView, wrapUp: QueueView['wrapUp']) =>
  ada.call('queues.update', { params: { id }, body: { wrapUp } });
const asked = (body: { dispositions?: string[]; dispositionRequired: boolean }) =>
  ada.call('organisation.update', { body });
const question = ({ id }: CallView) => ada.call('calls.wrapUpQuestion', { params: { id } });
const says = ({ id }: CallView, disposition: string | null) => ({
  ...{ params: { id }, body: { disposition, resolve: false } },
});
let dialled = 0;
/** One that Ada has just had. */
async function ended(): Promise<CallView> {
  const { id, ticketId } = await phone.talks(ada, me, `+1555201000${(dialled += 1)}`);
  await phone.hangsUp(id);
  return theCall(ada, ticketId, ({ phase }) => phase === 'wrap-up');
}
const moved = ({ ticketId }: CallView, to: QueueView) =>
  ada.call('tickets.update', { params: { id: ticketId ?? '' }, body: { queueId: to.id, assigneeId: me.id } });

describe('what a call was about', () => {
  it('is asked as the organisation says, where its queue has no list of its own', async () => {
    const call = await ended();
    expect(await question(call)).toEqual({ dispositions: ['Solved', 'Follow-up needed'], required: false });
    expect(await ada.refused('calls.wrapUp', says(call, 'Refund'))).toMatchObject({
      status: 400,
      error: { fields: [{ path: 'disposition', message: expect.stringContaining('“Refund”') }] },
    });
    expect(await ada.call('calls.wrapUp', says(call, null))).toMatchObject({ phase: 'over', disposition: null });
    await asked({ dispositionRequired: true });
    expect(await question(call)).toMatchObject({ required: true });
    // Said before it had to be said.
    expect(await ada.call('calls.wrapUp', says(call, null))).toMatchObject({ phase: 'over', disposition: null });
    const later = await ended();
    expect(await ada.refused('calls.wrapUp', says(later, null))).toMatchObject({
      ...{ status: 400, message: 'Say what the call was about' },
    });
    await asked({ dispositions: [], dispositionRequired: true });
    expect(await question(later)).toEqual({ dispositions: [], required: false });
    expect(await ada.call('calls.wrapUp', says(later, null))).toMatchObject({ phase: 'over' });
  });

  it('is asked as the queue of its ticket says, into which it was moved', async () => {
    const call = await ended();
    await moved(call, billing);
    expect(await question(call)).toEqual({ dispositions: ['Refund', 'Invoice'], required: true });
    for (const wrong of ['Solved', 'refund', null])
      expect(await ada.refused('calls.wrapUp', says(call, wrong))).toMatchObject({ status: 400 });
    expect(await ada.call('calls.wrapUp', says(call, 'Refund'))).toMatchObject({ disposition: 'Refund' });
    // The list may change; what was said, and is said again by a repeated request, stays.
    await own(billing, { dispositions: ['Invoice'], required: true });
    const again = await ada.call('calls.wrapUp', says(call, 'Refund'));
    expect(again).toMatchObject({ phase: 'over', disposition: 'Refund' });
    expect((await theCall(ada, call.ticketId ?? '')).version).toBe(again.version);
    expect(await ada.call('calls.wrapUp', says(call, 'Invoice'))).toMatchObject({ disposition: 'Invoice' });
    expect(await ada.refused('calls.wrapUp', says(call, 'Refund'))).toMatchObject({ status: 400 });
  });

  it('is not asked of who has not had the call', async () => {
    const call = await ended();
    const { link } = await ada.call('invitations.create', { body: { email: 'grace@example.com', name: 'Grace' } });
    const grace = hub.browser();
    await grace.call('invitations.accept', {
      params: { token: link.split('/').at(-1) ?? '' },
      body: { name: 'Grace', password: 'correct horse battery' },
    });
    expect(await grace.refused('calls.wrapUpQuestion', { params: { id: call.id } })).toMatchObject({ status: 404 });
    await ada.call('calls.wrapUp', says(call, 'Solved'));
  });

  it.each([
    ['an empty list', []],
    ['one name twice', ['Refund', 'REFUND']],
    ['a name without letters', ['  ']],
  ])('has no list of a queue’s own with %s', async (_, dispositions) => {
    const body = { wrapUp: { dispositions, required: false } };
    expect(await ada.refused('queues.update', { params: { id: billing.id }, body })).toMatchObject({
      status: 400,
      error: { fields: [{ path: expect.stringMatching(/^wrapUp\.dispositions/) }] },
    });
  });
});
