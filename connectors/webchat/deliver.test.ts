import { describe, expect, it } from '@jest/globals';
import type { OutboundCommand } from '@switchboard/contract';
import { deliver } from './deliver.ts';

const messageId = '018f0000-0000-7000-8000-000000000005';
const mediaId = '018f0000-0000-7000-8000-000000000006';
const now = new Date('2026-03-02T10:00:00.000Z');

const aContext = (push: () => Promise<{ acked: boolean }> = async () => ({ acked: true })) => {
  const pushed: [string, unknown][] = [];
  const context = {
    push: (visitorId: string, frame: unknown) => {
      pushed.push([visitorId, frame]);
      return push();
    },
    publicMediaUrl: (id: string) => `https://hub.example/media/${id}`,
    now: () => now,
  };
  return { context, pushed };
};
const aCommand = (change: object): OutboundCommand =>
  ({
    specVersion: 1,
    commandId: '018f0000-0000-7000-8000-000000000001',
    channelAccountId: '018f0000-0000-7000-8000-000000000002',
    ticketId: '018f0000-0000-7000-8000-000000000003',
    thread: { externalId: 'visitor-1' },
    recipient: { externalId: 'visitor-1' },
    requestedBy: { type: 'agent', id: 'agent-1', displayName: 'Ada' },
    ...change,
  }) as OutboundCommand;
const aMessage = (parts: object[] = [{ type: 'text', text: 'Hello' }]) =>
  aCommand({ kind: 'message.send', messageId, parts });

describe('an answer', () => {
  it('is delivered when a browser has it', async () => {
    const { context, pushed } = aContext();
    await expect(deliver(context, aMessage())).resolves.toEqual({ externalId: messageId, state: 'delivered' });
    const message = {
      id: messageId,
      clientId: null,
      from: 'agent',
      agent: { name: 'Ada' },
      parts: [{ type: 'text', text: 'Hello' }],
      at: now.toISOString(),
      state: 'sent',
    };
    expect(pushed).toEqual([['visitor-1', { type: 'message', message }]]);
  });

  it('is sent when no browser is there: the next welcome brings it', async () => {
    const { context } = aContext(async () => ({ acked: false }));
    await expect(deliver(context, aMessage())).resolves.toEqual({ externalId: messageId, state: 'sent' });
  });

  it('is tried again when the sockets cannot be reached', async () => {
    const { context } = aContext(() => Promise.reject(new Error('redis is down')));
    await expect(deliver(context, aMessage())).rejects.toMatchObject({ code: 'temporary' });
  });

  it('gives the browser addresses of files that it can load', async () => {
    const { context, pushed } = aContext();
    await deliver(context, aMessage([{ type: 'media', media: { source: 'hub', mediaId, fileName: 'a.pdf' } }]));
    const media = { source: `https://hub.example/media/${mediaId}`, mediaId, fileName: 'a.pdf' };
    expect(pushed).toMatchObject([['visitor-1', { message: { parts: [{ type: 'media', media }] } }]]);
  });

  it('takes buttons along as they are', async () => {
    const { context, pushed } = aContext();
    const choices = { type: 'choices' as const, prompt: 'How was it?', choices: [{ id: 'a', label: 'good' }] };
    await deliver(context, aMessage([choices]));
    expect(pushed).toMatchObject([['visitor-1', { message: { parts: [choices] } }]]);
  });

  it('is refused with what a chat cannot show', async () => {
    const { context, pushed } = aContext();
    const html = aMessage([{ type: 'html', html: '<b>Hello</b>' }]);
    await expect(deliver(context, html)).rejects.toMatchObject({ code: 'unsupported' });
    expect(pushed).toEqual([]);
  });
});

it.each([
  [
    { kind: 'typing.set', typing: true },
    { type: 'typing', typing: true, agent: 'Ada' },
  ],
  [
    { kind: 'read.set', messageExternalId: 'm-1' },
    { type: 'read', messageId: 'm-1' },
  ],
])('pushes %j as %j', async (command, frame) => {
  const { context, pushed } = aContext();
  await expect(deliver(context, aCommand(command))).resolves.toMatchObject({ state: 'delivered' });
  expect(pushed).toEqual([['visitor-1', frame]]);
});
