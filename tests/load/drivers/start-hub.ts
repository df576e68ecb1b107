import { randomBytes } from 'node:crypto';
import type { TicketChanged } from '@switchboard/contract';
import { io, type Socket } from 'socket.io-client';
import type { ApiClient } from '../../support/api-client.ts';
import { startHub, type TestHub } from '../../support/hub.ts';
import { withChildren } from './cpu.ts';
import type { Subject } from './subject.ts';

export interface HubSubject extends Subject {
  readonly hub: TestHub;
}

/** A hub with a channel for texts, and its administrator's console, which lists every queue. */
export async function startHubSubject(
  env: Record<string, string> = {},
  databasePids: () => number[] = () => [],
): Promise<HubSubject> {
  const hub = await startHub({ env: { LOG_LEVEL: 'warn', ...env } });
  const authToken = randomBytes(16).toString('hex');
  const { id } = await hub.admin.call('channelAccounts.create', {
    body: {
      connectorId: 'twilio-sms',
      name: 'SMS',
      settings: { accountSid: `AC${randomBytes(16).toString('hex')}`, authToken, from: '+15550006666' },
    },
  });
  const socket = await openConsole(hub.admin);
  return {
    name: 'hub',
    hub,
    webhookUrl: `${hub.url}/webhooks/${id}`,
    authToken,
    pids: () => [...withChildren(hub.pid), ...databasePids()],
    // An SMS customer goes by the number.
    onTold: (told) =>
      socket.on('ticket', ({ ticket }: TicketChanged) => told(ticket.customer.name, ticket.inboundCount)),
    async stop() {
      socket.disconnect();
      await hub.stop();
    },
  };
}

/** A console of who is signed in. */
export async function openConsole(api: ApiClient, url = api.url): Promise<Socket> {
  const socket = io(`${url}/console`, {
    transports: ['websocket'],
    extraHeaders: { cookie: api.cookieHeader, origin: api.url },
    forceNew: true,
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return socket;
}
