import type { Channel, ConnectorContext, OutboundCommandOf, RawRequest } from '@switchboard/contract';
import { email } from '../../connectors/email/index.ts';
import { offlineContext } from '../../connectors/kit/offline-context.ts';

type Settings = typeof email.exampleSettings;

/** An e-mail account whose hub is this object: it keeps what it is handed, and the cursor. */
export const anAccount = (settings: Partial<Settings>, differences: Partial<ConnectorContext> = {}) => {
  const received: RawRequest[] = [];
  const cursors: string[] = [];
  const context = offlineContext({
    signingKey: Buffer.alloc(32, 7),
    receive: async (request) => {
      received.push(request);
      return { rawRef: '018f0000-0000-7000-8000-000000000001', outcome: 'accepted' };
    },
    connected: () => undefined,
    saveCursor: async (cursor) => void cursors.push(cursor),
    loadCursor: async () => cursors.at(-1) ?? null,
    ...differences,
  });
  const channel: Channel = email.open({ ...email.exampleSettings, ...settings }, context);
  return { channel, received, cursors };
};

export const aMessage = (
  differences: Partial<OutboundCommandOf<'message.send'>> = {},
): OutboundCommandOf<'message.send'> => ({
  specVersion: 1,
  kind: 'message.send',
  commandId: '018f0000-0000-7000-8000-000000000001',
  channelAccountId: '018f0000-0000-7000-8000-000000000002',
  ticketId: '018f0000-0000-7000-8000-000000000003',
  messageId: '018f0000-0000-7000-8000-000000000004',
  requestedBy: { type: 'agent', id: '018f0000-0000-7000-8000-000000000005', displayName: 'Ada' },
  thread: { externalId: 'first@example.com', subject: 'Order' },
  recipient: { externalId: 'jane@example.com', displayName: 'Jane Doe' },
  parts: [{ type: 'text', text: 'It is on its way.' }],
  ...differences,
});

export const until = async <T>(
  work: (signal: AbortSignal) => Promise<T>,
  listening: (signal: AbortSignal) => Promise<void>,
): Promise<T> => {
  const stop = new AbortController();
  const ended = listening(stop.signal);
  try {
    return await work(stop.signal);
  } finally {
    stop.abort();
    await ended;
  }
};
