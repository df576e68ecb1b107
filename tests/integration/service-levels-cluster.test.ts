import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Agent } from '../support/agent.ts';
import { aCentre } from '../support/cluster.ts';
import { eventually } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { describeWith, rabbitUrl, redisUrl } from '../support/services/index.ts';
import { SmsLine } from '../support/sms.ts';
import { theTicketWith } from '../support/tickets.ts';

/** The cluster profile: real RabbitMQ and Redis, both processes on one database server. */
describeWith({ RabbitMQ: rabbitUrl(), Redis: redisUrl() })('service levels of two hub processes', () => {
  const centre = aCentre();
  const hour = 3_600_000;
  let first: TestHub;
  let second: TestHub;
  let line: SmsLine;

  beforeAll(async () => {
    const { env } = centre;
    first = await startHub({ env, clockMs: 0 });
    second = await startHub({ env, clockMs: 0 });
    line = await SmsLine.of(first);
  }, 120_000);
  afterAll(async () => {
    await Promise.all([first.stop(), second.stop()]);
    await line.provider.close();
    await centre.remove();
  }, 60_000);

  const broken = async (id: string) => {
    const { entries } = await second.admin.call('tickets.read', { params: { id } });
    return entries.filter((entry) => entry.type === 'event' && entry.event === 'service-level.breached');
  };

  it('break each promise once, whichever process sees it, and tell supervisors on both', async () => {
    const texts = Array.from({ length: 12 }, (_, at) => `promised ${at}`);
    for (const [at, text] of texts.entries()) {
      const hub = at % 2 === 0 ? first : second;
      expect(await line.receives(hub.url, `+1555444${String(at).padStart(4, '0')}`, text)).toBe(200);
    }
    const ids: string[] = [];
    for (const text of texts) ids.push((await theTicketWith(first.admin, text)).detail.ticket.id);
    const supervisors = [await Agent.at(first.admin), await Agent.at(second.admin)];
    // Their clocks are apart, as those of two machines are.
    first.putClock(2 * hour);
    second.putClock(2 * hour + 700);
    await eventually(async () => {
      for (const id of ids) expect(await broken(id)).toHaveLength(1);
    });
    for (const supervisor of supervisors)
      await eventually(() => {
        const told = supervisor.passing.filter((event) => event.type === 'escalation' && event.breached);
        expect(new Set(told.map((event) => 'ticketId' in event && event.ticketId)).size).toBe(ids.length);
      });
    for (const id of ids) expect(await broken(id)).toHaveLength(1);
    for (const supervisor of supervisors) supervisor.disconnect();
  });

  it('keep what is changed on one in the clocks of the other', async () => {
    const { items } = await first.admin.call('policies.list');
    const targets = { firstResponse: 240, nextResponse: 60, resolution: null };
    await first.admin.call('policies.update', { params: { id: items[0]?.id ?? '' }, body: { targets } });
    expect(await line.receives(second.url, '+15554449999', 'A longer promise')).toBe(200);
    const { detail } = await theTicketWith(second.admin, 'A longer promise');
    await eventually(async () => {
      const { ticket } = await second.admin.call('tickets.read', { params: { id: detail.ticket.id } });
      const { startedAt, dueAt } = ticket.firstResponse ?? {};
      expect(Date.parse(dueAt ?? '') - Date.parse(startedAt ?? '')).toBe(4 * hour);
    });
  });
});
