import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CallView } from '@switchboard/contract';
import { AgentsModule } from '../../server/src/modules/agents/index.ts';
import { CallsModule } from '../../server/src/modules/calls/index.ts';
import { LiveModule } from '../../server/src/modules/live/index.ts';
import { RoutingModule } from '../../server/src/modules/routing/index.ts';
import { TicketsModule } from '../../server/src/modules/tickets/index.ts';
import type { ApiClient } from '../support/api-client.ts';
import { theCall } from '../support/calls.ts';
import { eventually } from '../support/eventually.ts';
import { ScriptedCalls } from '../support/scripted-calls.ts';
import { startModules, type Modules } from '../support/start-modules.ts';

let hub: Modules;
let ada: ApiClient;
let me: { id: string; name: string };
let phone: ScriptedCalls;

beforeAll(async () => {
  hub = await startModules([AgentsModule, TicketsModule, RoutingModule, LiveModule, CallsModule]);
  ada = await hub.administrator();
  const { id, name } = await ada.call('session.read');
  me = { id, name };
  phone = await ScriptedCalls.of(hub);
  const params = { id: phone.accountId };
  const { version, changed: _, ...menu } = await ada.call('callMenus.read', { params });
  await ada.call('callMenus.write', {
    params,
    body: { ...menu, recording: 'announced', transcribeCalls: true, version },
  });
}, 120_000);
afterAll(() => hub.stop());

const callIn = (ticketId: string, wanted?: (call: CallView) => boolean) => theCall(ada, ticketId, wanted);
let dialled = 0;
async function talking() {
  const number = `+1555202000${(dialled += 1)}`;
  return { number, ...(await phone.talks(ada, me, number)) };
}
const part = (call: CallView, id: string, sequence: number, text: string, by: 'customer' | 'us' = 'customer') => ({
  ...{ room: call.id, said: { id: `${id}:${String(sequence).padStart(9, '0')}`, by, text } },
});
const heard = async ({ id }: CallView, query: { limit?: number; cursor?: string } = {}) =>
  ada.call('calls.said', { params: { id }, query });

describe('what is said in a recorded call', () => {
  it('is announced, written down once each, in order and with its speaker, however late and often its parts come', async () => {
    const { id, number, call, ticketId } = await talking();
    expect(phone.commands.at(-1)?.control).toMatchObject({
      action: 'steer',
      step: { record: true, transcribe: 'en', say: [{ text: 'This call is recorded and transcribed.' }] },
    });
    const [first, second, third] = [0, 1000, 2000].map((ms) => new Date(Date.now() + ms)) as [Date, Date, Date];
    const parts = [
      [part(call, 'GT1', 5, 'The same second'), third],
      [part(call, 'GT1', 3, 'It was sent', 'us'), second],
      [part(call, 'GT1', 2, 'Where is my order?'), first],
      [part(call, 'GT1', 4, 'Thank you'), third],
    ] as const;
    await phone.tells(id, parts[0][0], parts[0][1]);
    const { version } = await callIn(ticketId, ({ hasSaid }) => hasSaid);
    for (const [report, at] of [...parts, ...parts.toReversed()]) await phone.tells(id, report, at);
    const expected = [
      { by: 'customer', name: number, text: 'Where is my order?' },
      { by: 'us', name: me.name, text: 'It was sent' },
      { by: 'customer', name: number, text: 'Thank you' },
      { by: 'customer', name: number, text: 'The same second' },
    ];
    await eventually(async () => expect((await heard(call)).items).toMatchObject(expected));
    // The entry of the call is not written anew with each sentence.
    expect((await callIn(ticketId)).version).toBe(version);
    const page = await heard(call, { limit: 3 });
    expect(page.items).toHaveLength(3);
    const rest = await heard(call, { limit: 3, cursor: page.next ?? '' });
    expect([...page.items, ...rest.items].map(({ text }) => text)).toEqual(expected.map(({ text }) => text));
    expect(rest.next).toBeNull();
    await phone.hangsUp(id);
    await callIn(ticketId, ({ endedAt }) => endedAt !== null);
    await phone.tells(id, part(call, 'GT1', 6, 'Goodbye', 'us'), new Date(third.getTime() + 1000));
    await eventually(async () =>
      expect((await heard(call)).items.at(-1)).toMatchObject({ name: me.name, text: 'Goodbye' }),
    );
  });

  it('is paused with the recording, and leaves out what is said to the music', async () => {
    const { id, call, ticketId } = await talking();
    const params = { id: call.id };
    await ada.call('calls.record', { params, body: { on: false } });
    await ada.call('calls.record', { params, body: { on: true } });
    expect(phone.commands.slice(-2).map(({ control }) => control)).toMatchObject([
      { action: 'recording', to: 'paused', transcribe: 'en' },
      { action: 'recording', to: 'on', transcribe: 'en' },
    ]);
    const customer = { externalId: id, role: 'customer' } as const;
    const at = (ms: number) => new Date(Date.now() + 60_000 + ms);
    await phone.tells(id, part(call, 'GT2', 3, 'Is anybody there?'), at(2000));
    await phone.tells(id, part(call, 'GT2', 2, 'One moment', 'us'), at(0));
    await phone.tells(id, part(call, 'GT2', 4, 'There you are'), at(4000));
    await phone.tells(id, { room: call.id, leg: { ...customer, change: 'held' } }, at(1000));
    await phone.tells(id, { room: call.id, leg: { ...customer, change: 'resumed' } }, at(3000));
    await callIn(ticketId, ({ moments }) => moments.some(({ what }) => what === 'resumed'));
    expect((await heard(call)).items.map(({ text }) => text)).toEqual(['One moment', 'There you are']);
    await phone.hangsUp(id);
  });

  it('ends where its customer goes back to the music', async () => {
    const { id, ticketId } = await talking();
    await ada.call('tickets.update', { params: { id: ticketId }, body: { assigneeId: null } });
    await callIn(ticketId, ({ phase }) => phase === 'queue');
    await eventually(() =>
      expect(phone.commands).toContainEqual(
        expect.objectContaining({
          callExternalId: id,
          control: expect.objectContaining({
            action: 'steer',
            step: expect.objectContaining({ does: 'wait', endsTranscript: true }),
          }),
        }),
      ),
    );
    await phone.hangsUp(id);
  });

  it('that can’t be written down is told once in the course of the call', async () => {
    const { id, call, ticketId } = await talking();
    const why = { room: call.id, unwritten: 'No such language (32655)' };
    for (let times = 0; times < 3; times += 1) await phone.tells(id, why);
    await phone.tells(id, part(call, 'GT3', 2, 'Hello'));
    const { moments } = await callIn(ticketId, ({ hasSaid }) => hasSaid);
    expect(moments.filter(({ what }) => what === 'unwritten')).toMatchObject([{ who: why.unwritten }]);
    await phone.hangsUp(id);
  });

  it('is read by who may read the ticket', async () => {
    const { id, call } = await talking();
    await phone.tells(id, part(call, 'GT4', 2, 'A secret'));
    await eventually(async () => expect((await heard(call)).items).toHaveLength(1));
    const other = await ada.call('queues.create', { body: { name: 'Elsewhere' } });
    const body = { email: 'eve@example.com', name: 'Eve', queueIds: [other.id] };
    const { link } = await ada.call('invitations.create', { body });
    const eve = hub.browser();
    await eve.call('invitations.accept', {
      params: { token: link.split('/').at(-1) ?? '' },
      body: { name: 'Eve', password: 'correct horse battery' },
    });
    expect(await eve.refused('calls.said', { params: { id: call.id }, query: {} })).toMatchObject({ status: 404 });
    await phone.hangsUp(id);
  });
});
