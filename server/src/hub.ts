import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from '@switchboard/config';
import { AppModule } from './app.module.ts';
import { Channels } from './modules/channels/index.ts';
import { buildIndexes } from './platform/database/collection.ts';
import { createHttpAdapter } from './platform/http/create-http.ts';
import { listenProblem, requireFreePort } from './platform/http/free-port.ts';
import { unboundOperations } from './platform/http/operation.ts';
import { SocketAdapter } from './platform/live/socket-adapter.ts';
import type { Log } from './platform/log/log.ts';
import { openPlatform, type Given, type Platform } from './platform/platform.ts';

export interface Hub {
  /** Where it listens: with PORT 0 the port that it was given. */
  readonly url: string;
  /** Takes nothing more, finishes what is in work, closes. */
  stop(): Promise<void>;
}

/** One hub process, whole. Throws StartProblem with what to change. */
export async function startHub(config: Config, log: Log, given?: Given): Promise<Hub> {
  await requireFreePort(config.PORT, config.HOST);
  const platform = await openPlatform(config, log, given);
  const stack: (() => Promise<void>)[] = [() => platform.close()];
  const stop = async () => {
    for (const close of stack.splice(0).toReversed()) await close();
  };
  try {
    const { app, close } = await openApp(platform);
    stack.push(close);
    if (config.ROLE !== 'api') await platform.jobs.start();
    await listen(app, config);
    return { url: urlOf(app), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The application on an opened platform: every route, gateway and use case; it does not listen yet. */
export async function openApp(
  platform: Platform,
): Promise<{ app: NestFastifyApplication; close: () => Promise<void> }> {
  const { config } = platform;
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.on(platform),
    await createHttpAdapter({ trustProxy: config.TRUST_PROXY }),
    { logger: ['error'], abortOnError: false, bodyParser: false, forceCloseConnections: true },
  );
  const sockets = new SocketAdapter(app, platform.log, { redisUrl: config.REDIS_URL, namespace: config.NAMESPACE });
  app.useWebSocketAdapter(sockets);
  const channels = app.get(Channels);
  const close = async () => {
    // Nobody new comes in; then what is begun is finished; then what it used is let go.
    await app.close();
    await platform.drain();
    await channels.closeAll();
    await sockets.closeConnections();
  };
  try {
    const unbound = unboundOperations();
    if (unbound.length > 0) throw new Error(`Operations of the API that no controller answers: ${unbound.join(', ')}`);
    await buildIndexes(platform.connection);
    await app.init();
    return { app, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function listen(app: NestFastifyApplication, { PORT, HOST }: Config): Promise<void> {
  try {
    await app.listen(PORT, HOST);
  } catch (error) {
    throw listenProblem(error as NodeJS.ErrnoException, PORT, HOST);
  }
}

function urlOf(app: NestFastifyApplication): string {
  const address = app.getHttpServer().address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return `http://localhost:${port}`;
}
