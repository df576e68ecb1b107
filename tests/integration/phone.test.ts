import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eventually, found } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { VoiceLine } from '../support/voice.ts';

/** Signed webhooks in, documents and steering out: the simulated provider plays what the hub answers. */
let hub: TestHub;
let line: VoiceLine;

beforeAll(async () => {
  hub = await startHub();
  line = await VoiceLine.of(hub, { jumbled: true });
}, 120_000);
afterAll(async () => {
  await hub.stop();
  await line.twilio.close();
  expect(line.problems).toEqual([]);
});

it('makes a ticket of a caller who waits and hangs up, though each report comes twice and in the wrong order', async () => {
  const { exchange } = line.twilio;
  const caller = exchange.dialIn('+14155550100');
  await eventually(() => expect(caller.heard).not.toEqual([]));
  const ticket = await eventually(async () => {
    const { items } = await hub.admin.call('tickets.list', { query: { view: 'all' } });
    return found(
      'the ticket',
      items.find(({ channel }) => channel === 'voice'),
    );
  });
  expect(ticket.customer.name).toBe('+14155550100');
  await exchange.hangUp(caller);
  await exchange.settled();
  await eventually(async () => {
    const { entries } = await hub.admin.call('tickets.read', { params: { id: ticket.id } });
    const calls = entries.flatMap((entry) => (entry.type === 'call' ? [entry.call] : []));
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({ direction: 'inbound' });
    expect(JSON.stringify(calls[0])).toMatch(/abandoned|missed/);
  });
});
