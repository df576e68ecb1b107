import { ConnectorError } from '@switchboard/contract';
import type { ConnectorContext } from '@switchboard/contract';
import type { App, SocketModeReceiver } from '@slack/bolt';
import { errorOfCall } from './api-errors.ts';
import { silentLogger } from './client.ts';

type Context = Pick<ConnectorContext, 'receive' | 'log' | 'now'>;

/** What came over the socket, as a request: the same as Slack would have posted. */
const requestOf = (body: unknown, now: Date) => ({
  method: 'POST',
  url: 'slack-socket:',
  hook: '',
  headers: { 'content-type': 'application/json' },
  rawBody: Buffer.from(JSON.stringify(body)),
  receivedAt: now,
});

/**
 * Socket Mode by Bolt's receiver, which keeps the connection, its pings and its changes of server. Bolt's App would acknowledge
 * an event before anybody has seen it; here that happens once the hub has kept it, and what is not acknowledged Slack sends again.
 */
export const listenToSlack = async (
  { appToken, apiBaseUrl }: { appToken: string; apiBaseUrl: string },
  context: Context,
  signal: AbortSignal,
): Promise<void> => {
  const { SocketModeReceiver: Receiver } = (await import('@slack/bolt')).default as unknown as {
    SocketModeReceiver: typeof SocketModeReceiver;
  };
  const receiver = new Receiver({
    appToken,
    logger: silentLogger,
    installerOptions: { clientOptions: { slackApiUrl: apiBaseUrl, retryConfig: { retries: 2 } } },
    processEventErrorHandler: async ({ error }) => {
      context.log.warn('An event of Slack’s could not be kept, and will come again', { error });
      return false;
    },
  });
  const app = {
    processEvent: async ({ body, ack }: { body: unknown; ack: () => Promise<void> }) => {
      await context.receive(requestOf(body, context.now()));
      await ack();
    },
  };
  receiver.init(app as unknown as App);
  const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  const lost = new Promise<never>((_, reject) =>
    receiver.client.once('disconnected', () =>
      reject(new ConnectorError('temporary', 'The connection to Slack ended')),
    ),
  );
  lost.catch(() => undefined);
  try {
    await Promise.race([receiver.start(), stopped]);
    await Promise.race([stopped, lost]);
  } catch (error) {
    throw errorOfCall(error, 'read');
  } finally {
    await receiver.stop();
  }
};
