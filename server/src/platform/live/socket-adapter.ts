import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import { Redis } from 'ioredis';
import type { Server, ServerOptions, Socket } from 'socket.io';
import { repeat } from '../clock/repeat.ts';
import type { Log } from '../log/log.ts';
import { RedisMemory } from './redis-memory.ts';

type Connection = Socket['conn'];

const LOOK_MS = 1_000;

/** Socket.IO with our limits; over Redis Streams where several processes serve one centre. */
export class SocketAdapter extends IoAdapter {
  private readonly redis: Redis | undefined;
  private readonly streamName: string;
  private stopLooking: (() => Promise<void>) | undefined;

  constructor(
    app: INestApplicationContext,
    private readonly log: Log,
    options: { redisUrl: string | undefined; namespace: string },
  ) {
    super(app);
    this.streamName = `${options.namespace}:sockets`;
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
    if (this.redis !== undefined) this.spread(server, this.redis);
    return server;
  }

  async closeConnections(): Promise<void> {
    // Not awaited: a look that is under way ends with the connection.
    void this.stopLooking?.();
    await this.redis?.quit();
  }

  /** What other processes told and Redis lost, nobody can tell again: our sockets come back and ask what they missed. */
  private spread(server: Server, redis: Redis): void {
    server.adapter(createAdapter(redis, { streamName: this.streamName }));
    const connections = new Set<Connection>();
    server.engine.on('connection', (connection: Connection) => {
      connections.add(connection);
      connection.once('close', () => connections.delete(connection));
    });
    const memory = new RedisMemory(redis, `${this.streamName}:mark`);
    const failed = (error: unknown) =>
      this.log.warn('It is not known whether Redis has forgotten something', { error });
    this.stopLooking = repeat(
      LOOK_MS,
      async () => {
        if (!(await memory.hasForgotten())) return;
        this.log.warn('Redis has forgotten what it was told: the sockets connect again', { sockets: connections.size });
        for (const connection of connections) connection.close(true);
      },
      failed,
    );
  }
}
