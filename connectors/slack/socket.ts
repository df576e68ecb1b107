import { ConnectorError } from '@switchboard/contract';
import type { ConnectorContext } from '@switchboard/contract';
import type { App, ReceiverEvent, SocketModeReceiver } from '@slack/bolt';
import { errorOfCall } from './api-errors.ts';
import { silentLogger } from './client.ts';

type Context = Pick<ConnectorContext, 'receive' | 'connected' | 'log' | 'now'>;

/** What came over the socket, as a request: the same as Slack would have posted. */
const requestOf = (body: unknown, now: Date) => ({
  method: 'POST',
  url: 'slack-socket:',
  hook: '',
  headers: { 'content-type': 'application/json' },
  rawBody: Buffer.from(JSON.stringify(body)),
  receivedAt: now,
});

type Socket = { appToken: string; apiBaseUrl: string };

/** One connection, until it ends or the signal says so. */
const connectOnce = async ({ appToken, apiBaseUrl }: Socket, context: Context, signal: AbortSignal): Promise<void> => {
  const { SocketModeReceiver: Receiver } = (await import('@slack/bolt')).default as unknown as {
    SocketModeReceiver: typeof SocketModeReceiver;
  };
  const receiver = new Receiver({
    appToken,
    logger: silentLogger,
    // Its own way back ends the process where Slack refuses the token in between.
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: { slackApiUrl: apiBaseUrl, retryConfig: { retries: 0 } } },
    processEventErrorHandler: async ({ error }) => {
      context.log.warn('An event of Slack’s could not be kept, and will come again', { error });
      return false;
    },
  });
  receiver.init({
    processEvent: async ({ body, ack }: ReceiverEvent) => {
      await context.receive(requestOf(body, context.now()));
      await ack();
    },
  } as App);
  const ended = new Promise<void>((resolve) => receiver.client.once('disconnected', () => resolve()));
  const stop = () => void receiver.stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await receiver.start();
    context.connected();
    if (signal.aborted) stop();
    await ended;
  } catch (error) {
    if (signal.aborted) return;
    throw errorOfCall(error, 'read') ?? new ConnectorError('temporary', 'Slack could not be reached');
  } finally {
    signal.removeEventListener('abort', stop);
  }
};

/** Slack ends each connection within hours; one that ends so soon is no such end. */
const SHORT_MS = 5_000;

/**
 * Socket Mode by Bolt's receiver. Bolt's App would acknowledge an event before anybody has seen it; here that happens once the
 * hub has kept it, and what is not acknowledged Slack sends again.
 */
export const listenToSlack = async (socket: Socket, context: Context, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    const began = performance.now();
    await connectOnce(socket, context, signal);
    if (!signal.aborted && performance.now() - began < SHORT_MS)
      throw new ConnectorError('temporary', 'Slack ended the connection at once');
  }
};
