import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { aCentre } from '../support/cluster.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { describeWith, rabbitUrl, redisUrl } from '../support/services/index.ts';
import { SmsLine } from '../support/sms.ts';
import { theTicketWith } from '../support/tickets.ts';

/** A new cluster where the processes that take webhooks start before the first one that works on them. */
describeWith({ RabbitMQ: rabbitUrl(), Redis: redisUrl() })('a cluster that never ran a worker', () => {
  const centre = aCentre();
  const hubs: TestHub[] = [];
  let line: SmsLine;
  const start = async (role: string) => {
    const hub = await startHub({ env: { ...centre.env, ROLE: role }, setUp: role === 'api' });
    hubs.push(hub);
    return hub;
  };

  beforeAll(async () => {
    line = await SmsLine.of(await start('api'));
  }, 120_000);
  afterAll(async () => {
    await Promise.all(hubs.map((hub) => hub.stop()));
    await line.provider.close();
    await centre.remove();
  }, 60_000);

  it('loses nothing of what it has taken', async () => {
    const api = hubs[0] as TestHub;
    const texts = Array.from({ length: 20 }, (_, index) => `taken early ${index}.`);
    for (const [index, text] of texts.entries())
      expect(await line.receives(api.url, `+15559990${String(100 + index)}`, text)).toBe(200);
    await start('worker');
    for (const text of texts) await theTicketWith(api.admin, text);
  }, 120_000);
});
