import { chmod, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import type { CommandQueue } from './command-queue.ts';
import { Framing } from './framing.ts';
import { parseRequest } from './message.ts';

/** A socket's path, or a port of 127.0.0.1; port 0 takes a free one. */
export type Address = { socket: string } | { port: number };

export interface Listener {
  uri: string;
  /** Takes no more connections, closes those that are open and removes the socket. */
  close(): Promise<void>;
}

function accept(socket: Socket, connectionId: number, queue: CommandQueue, log: (line: string) => void): void {
  const framing = new Framing();
  socket.setNoDelay(true);
  socket.on('data', (chunk) => {
    try {
      for (const message of framing.push(chunk)) {
        queue.push({ request: parseRequest(message), socket, connectionId });
      }
    } catch (error) {
      log(`connection ${connectionId} is closed: ${(error as Error).message}`);
      socket.destroy();
    }
  });
  // A client that goes away is no event here; 'close' follows.
  socket.on('error', () => socket.destroy());
}

async function bind(server: Server, address: Address): Promise<string> {
  const onSocket = 'socket' in address;
  // The lock on the data directory is held: a socket that is there was left by a server that died.
  if (onSocket) await rm(address.socket, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(onSocket ? { path: address.socket } : { host: '127.0.0.1', port: address.port }, resolve);
  });
  if (onSocket) {
    await chmod(address.socket, 0o600);
    return `mongodb://${encodeURIComponent(address.socket)}/`;
  }
  const bound = server.address();
  return `mongodb://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : address.port}/`;
}

export async function listen(address: Address, queue: CommandQueue, log: (line: string) => void): Promise<Listener> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    accept(socket, ++connections, queue, log);
  });
  const uri = await bind(server, address);
  return {
    uri,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      queue.flush();
      for (const socket of sockets) socket.destroySoon();
      await closed;
    },
  };
}
