import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { loadConfig } from '@switchboard/config';
import type { Server } from 'socket.io';
import { buildIndexes } from '../../server/src/platform/database/collection.ts';
import { createHttpAdapter } from '../../server/src/platform/http/create-http.ts';
import { AUTHENTICATE, type Authenticate } from '../../server/src/platform/http/hub-request.ts';
import { HttpModule } from '../../server/src/platform/http/http.module.ts';
import { SocketAdapter } from '../../server/src/platform/live/socket-adapter.ts';
import { Sockets } from '../../server/src/platform/live/sockets.ts';
import { silentLog } from '../../server/src/platform/log/log.ts';
import { openPlatform, type Platform } from '../../server/src/platform/platform.ts';
import { PlatformModule } from '../../server/src/platform/platform.module.ts';
import { ApiClient } from './api-client.ts';

export interface Modules {
  readonly url: string;
  readonly app: NestFastifyApplication;
  readonly platform: Platform;
  /** Another browser, signed in nowhere. */
  browser(): ApiClient;
  /** A browser in which the first administrator is signed in, whom it makes. Needs the agents' module. */
  administrator(): Promise<ApiClient>;
  /** Puts a socket into rooms, as the gateway would. */
  join(socketId: string, rooms: string[]): Promise<void>;
  /** The room of the browser's session. */
  sessionRooms(browser: ApiClient): Promise<string[]>;
  stop(): Promise<void>;
}

/** Some modules of the hub over real HTTP and the run's database, in a database of their own. */
export async function startModules(
  modules: Type[],
  change: Partial<Platform> = {},
  settings: Record<string, string> = {},
): Promise<Modules> {
  const dataDir = await mkdtemp(join(tmpdir(), 'switchboard-modules-'));
  const environment = {
    MONGODB_URI: process.env['TEST_DATABASE_URI'] ?? '',
    NAMESPACE: `test-${randomUUID().slice(0, 8)}`,
    DATA_DIR: dataDir,
    ...settings,
  };
  const opened = await openPlatform(loadConfig(environment, dataDir), silentLog);
  const platform = { ...opened, ...change };
  @Module({ imports: [PlatformModule.of(platform), HttpModule, ...modules] })
  class TestedModule {}
  const adapter = await createHttpAdapter({ trustProxy: false });
  const app = await NestFactory.create<NestFastifyApplication>(TestedModule, adapter, {
    logger: false,
    bodyParser: false,
  });
  await buildIndexes(platform.connection);
  const sockets = new SocketAdapter(app, silentLog, { redisUrl: undefined, namespace: platform.config.NAMESPACE });
  const server = sockets.createIOServer(0, { httpServer: app.getHttpServer() } as never) as Server;
  app.get(Sockets).attach('/console', server.of('/console'));
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  return {
    url,
    app,
    platform,
    browser: () => new ApiClient(url),
    async administrator() {
      const browser = new ApiClient(url);
      const body = { organisation: 'Acme', name: 'Ada', email: 'ada@example.com', password: 'correct horse battery' };
      await browser.call('setup.create', { body });
      return browser;
    },
    join: async (socketId, rooms) => void server.of('/console').in(socketId).socketsJoin(rooms),
    async sessionRooms(browser) {
      const caller = await app.get<Authenticate>(AUTHENTICATE).caller(browser.cookieHeader);
      return caller === null ? [] : [`session:${caller.sessionId}`];
    },
    async stop() {
      await server.close();
      await app.close();
      await platform.connection.dropDatabase();
      await opened.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
