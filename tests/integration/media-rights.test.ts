import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { MediaView, TicketDetail } from '@switchboard/contract';
import type { Agent } from '../support/agent.ts';
import { Desk, replyBody } from '../support/desk.ts';
import { eventually } from '../support/eventually.ts';

jest.setTimeout(120_000);
let desk: Desk;
let ticket: TicketDetail;
let other: TicketDetail;
let sender: Agent;
let colleague: Agent;
let stranger: Agent;

beforeAll(async () => {
  desk = await Desk.open();
  ticket = await desk.aTicket('The parcel came open');
  const elsewhere = await desk.aQueue('Elsewhere');
  const { id } = (await desk.aTicket('Where is my invoice')).ticket;
  await desk.update(id, { queueId: elsewhere });
  other = await desk.read(id);
  sender = await desk.invited('Grace', [ticket.ticket.queue.id]);
  colleague = await desk.invited('Edith', [ticket.ticket.queue.id]);
  stranger = await desk.invited('Mallory', [elsewhere]);
});
afterAll(() => desk.close());

async function uploaded(by: Agent): Promise<MediaView> {
  const form = new FormData();
  form.append('file', new Blob(['what nobody else should see']), 'note.txt');
  return (await (await by.api.fetch('/api/v1/media', { method: 'POST', body: form })).json()) as MediaView;
}
const reading = async (by: Agent, { mediaId }: MediaView) => (await by.api.fetch(`/api/v1/media/${mediaId}`)).status;
const withFile = (detail: TicketDetail, { mediaId, ...file }: MediaView) => ({
  ...replyBody(detail, 'See the file'),
  parts: [{ type: 'media' as const, media: { source: `media:${mediaId}`, mediaId, ...file } }],
});

describe('a file', () => {
  it('that is no part of a message yet is its uploader’s alone', async () => {
    const file = await uploaded(sender);
    expect(await reading(sender, file)).toBe(200);
    expect(await reading(colleague, file)).toBe(404);
    expect((await desk.hub.admin.fetch(`/api/v1/media/${file.mediaId}`)).status).toBe(404);
  });

  it('of a message is read by whoever may read its ticket, and by nobody else', async () => {
    const file = await uploaded(sender);
    const { id } = ticket.ticket;
    await sender.api.call('tickets.reply', { params: { id }, body: withFile(ticket, file) });
    expect(await reading(colleague, file)).toBe(200);
    expect((await desk.hub.admin.fetch(`/api/v1/media/${file.mediaId}`)).status).toBe(200);
    expect(await reading(stranger, file)).toBe(404);
  });

  it('goes where its ticket goes', async () => {
    const moved = await desk.aTicket('This one is handed on');
    const file = await uploaded(sender);
    const { id } = moved.ticket;
    await sender.api.call('tickets.reply', { params: { id }, body: withFile(moved, file) });
    await desk.update(id, { queueId: other.ticket.queue.id, assigneeId: null });
    await eventually(async () => expect(await reading(stranger, file)).toBe(200));
    expect(await reading(colleague, file)).toBe(404);
  });

  it('is not to be had by sending it oneself', async () => {
    const file = await uploaded(sender);
    const refusal = await stranger.api.refused('tickets.reply', {
      params: { id: other.ticket.id },
      body: withFile(other, file),
    });
    expect([refusal.status, refusal.code]).toEqual([400, 'invalid']);
    expect(await reading(stranger, file)).toBe(404);
  });

  it('is found by its index', async () => {
    expect(await desk.scans()).toMatchObject({ scans: 0 });
  });
});
