import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import { Redis } from 'ioredis';
import type { Server, ServerOptions } from 'socket.io';

/** Socket.IO with our limits; over Redis Streams where several processes serve one centre. */
export class SocketAdapter extends IoAdapter {
  private readonly redis: Redis | undefined;
  private readonly options: { redisUrl: string | undefined; namespace: string };

  constructor(app: INestApplicationContext, options: { redisUrl: string | undefined; namespace: string }) {
    super(app);
    this.options = options;
    this.redis =
      options.redisUrl === undefined ? undefined : new Redis(options.redisUrl, { maxRetriesPerRequest: null });
  }

  override createIOServer(port: number, given?: ServerOptions): Server {
    const server = super.createIOServer(port, {
      ...given,
      maxHttpBufferSize: 300_000,
      // Costs 200 KiB a connection and an eighth of the throughput; frames are small.
      perMessageDeflate: false,
      pingInterval: 20_000,
      pingTimeout: 15_000,
      // The widget lives on other people's pages: its connector checks the origin. The console's sockets check theirs themselves.
      cors: { origin: true, credentials: false },
    } as ServerOptions) as Server;
    if (this.redis !== undefined)
      server.adapter(createAdapter(this.redis, { streamName: `${this.options.namespace}:sockets` }));
    return server;
  }

  async closeConnections(): Promise<void> {
    await this.redis?.quit();
  }
}
