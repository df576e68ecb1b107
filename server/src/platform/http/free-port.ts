import { once } from 'node:events';
import { createServer } from 'node:net';
import { StartProblem } from '../errors/start-problem.ts';

/** Before anything is opened, so that a mistake is told at once. Throws StartProblem with what to change. */
export async function requireFreePort(port: number, host: string): Promise<void> {
  const server = createServer().listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw listenProblem(error as NodeJS.ErrnoException, port, host);
  }
  server.close();
  await once(server, 'close');
}

/** What is wrong with where we should listen, in words; anything else stays what it is. */
export function listenProblem(error: NodeJS.ErrnoException, port: number, host: string): Error {
  const words: Record<string, string> = {
    EADDRINUSE: `Port ${port} is in use: stop what uses it, or set PORT to another one.`,
    EACCES: `Port ${port} needs more rights than you have: set PORT to one above 1023.`,
    EADDRNOTAVAIL: `HOST ${host} is no address of this machine: set it to 0.0.0.0 or 127.0.0.1.`,
    ENOTFOUND: `HOST ${host} is no address of this machine: set it to 0.0.0.0 or 127.0.0.1.`,
  };
  const known = words[error.code ?? ''];
  return known === undefined ? error : new StartProblem(known);
}
