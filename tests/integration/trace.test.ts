import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { MessageEntry } from '@switchboard/contract';
import { Agent } from '../support/agent.ts';
import { eventually, found } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { SmsLine } from '../support/sms.ts';
import { theTicketWith } from '../support/tickets.ts';

let hub: TestHub;
let line: SmsLine;
beforeAll(async () => {
  hub = await startHub({ env: { LOG_LEVEL: 'debug' } });
  line = await SmsLine.of(hub);
}, 120_000);
afterAll(async () => {
  await hub.stop();
  await line.provider.close();
});

it('gives a webhook one trace id, through the bus to the stored message', async () => {
  await line.receives(hub.url, '+15551119999', 'follow me');
  const { detail } = await theTicketWith(hub.admin, 'follow me');
  const [message] = detail.entries.filter((entry) => entry.type === 'message');
  const traceId = message?.passport.traceId;
  expect(traceId).toMatch(/^[0-9a-f]{32}$/);
});

it('has it in the log of every stage, and in what a console is told', async () => {
  const agent = await Agent.at(hub.admin);
  const { detail } = await theTicketWith(hub.admin, 'follow me');
  const { id } = detail.ticket;
  await agent.watch(id);
  await line.receives(hub.url, '+15551119999', 'and me too');
  const traceId = await eventually(() => {
    const messages = agent.conversation(id).filter((entry): entry is MessageEntry => entry.type === 'message');
    return found('the second message at the console', messages[1]?.passport.traceId);
  });
  agent.disconnect();
  // The last of them is written after the console has heard.
  await eventually(() => {
    const stages = hub.log
      .filter((line) => line.includes(traceId))
      .flatMap((line) => (JSON.parse(line) as { stage?: string }).stage ?? []);
    expect(stages).toEqual(
      expect.arrayContaining(['raw.kept', 'inbound.published', 'entry.stored', 'event.published', 'live.pushed']),
    );
  });
});

it('never logs what people wrote, nor a secret', () => {
  const log = hub.log.join('\n');
  expect(log).not.toContain('follow me');
  expect(log).not.toContain('correct horse');
});
