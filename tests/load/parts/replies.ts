import { setTimeout as delay } from 'node:timers/promises';
import { Visitor } from '../../support/visitor.ts';
import { openLoop } from '../drivers/loops.ts';
import { embeddedPair } from '../drivers/profiles.ts';
import { SmsLoad } from '../drivers/sms-load.ts';
import { summarise } from '../drivers/summary.ts';
import { aWebchat } from '../drivers/webchat.ts';
import { atMost, ms, type Row } from '../report/row.ts';
import type { Scale } from './part.ts';
import type { ApiClient } from '../../support/api-client.ts';

const PER_SECOND = 10;

/** The agent presses send → the customer has it; beside the raw path, whose last step is the same. */
export async function measureReplies({ small }: Scale): Promise<Row[]> {
  const pair = await embeddedPair();
  const load = new SmsLoad(pair.floor);
  try {
    const { admin } = pair.hub.hub;
    const customer = await Visitor.on(admin.url.replace('localhost', '127.0.0.1'), await aWebchat(admin));
    await customer.says('Good morning');
    const answer = await replier(admin);
    const count = small ? 30 : 150;
    for (let warm = 0; warm < 30; warm += 1) await answer(customer, `warm ${warm}`);
    const times: number[] = [];
    // At the pace of the raw path, so that each is measured and not what the one before it still does.
    const began = performance.now();
    for (let number = 0; number < count; number += 1) {
      await delay(Math.max(0, began + (number * 1_000) / PER_SECOND - performance.now()));
      times.push(await answer(customer, `answer ${number}`));
    }
    await openLoop(load, 50, 2_000);
    const raw = await openLoop(load, PER_SECOND, (count / PER_SECOND) * 200);
    customer.leaves();
    const [hub, floor] = [summarise(times), summarise(raw.map(({ toldMs }) => toldMs))];
    return [
      { what: 'reply → customer p50', measured: ms(hub.p50), floor: ms(floor.p50), ratio: hub.p50 / floor.p50 },
      atMost('reply → customer p99', hub.p99, floor.p99, 3),
    ];
  } finally {
    await load.close();
    await pair.stop();
  }
}

async function replier(admin: ApiClient) {
  const ticket = await firstTicket(admin);
  const { targets } = await admin.call('tickets.read', { params: { id: ticket } });
  const threadId = targets[0]?.threadId ?? '';
  return async (customer: Visitor, text: string): Promise<number> => {
    const started = performance.now();
    const there = customer.hears(text);
    await admin.call('tickets.reply', {
      params: { id: ticket },
      body: { clientId: crypto.randomUUID(), threadId, parts: [{ type: 'text', text }], force: true },
    });
    return (await there) - started;
  };
}

async function firstTicket(admin: ApiClient): Promise<string> {
  for (;;) {
    const { items } = await admin.call('tickets.list', { query: { view: 'all' } });
    if (items[0] !== undefined) return items[0].id;
  }
}
