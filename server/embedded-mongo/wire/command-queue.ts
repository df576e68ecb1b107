import type { Socket } from 'node:net';
import { isWrite, runCommand } from '../commands/table.ts';
import type { Engine } from '../engine/engine.ts';
import { encodeReply } from '../engine/reply.ts';
import { CommandError, StorageError } from '../errors.ts';
import type { Doc } from '../values/types.ts';
import { replyHeader, type Request } from './message.ts';

interface Waiting {
  request: Request;
  socket: Socket;
  connectionId: number;
}

const errorReply = (error: unknown): Doc => {
  if (!(error instanceof CommandError)) return { ok: 0, errmsg: String(error), code: 8, codeName: 'UnknownError' };
  const { code, codeName, message, duplicate } = error;
  return { ok: 0, errmsg: message, code, codeName, ...duplicate };
};

export interface QueueEvents {
  log(line: string): void;
  /** The database file cannot be written: nothing was answered, and the process has to start anew. */
  fatal(error: Error): void;
}

/**
 * Group commit: all commands that arrived in one turn of the event loop run in order, those of a turn with a write in
 * one transaction, and are answered when it is on disk.
 */
export class CommandQueue {
  #waiting: Waiting[] = [];
  #replies = 0;
  #failed = false;

  constructor(
    private readonly engine: Engine,
    private readonly events: QueueEvents,
  ) {}

  push(waiting: Waiting): void {
    if (!this.#waiting.length) setImmediate(() => this.flush());
    this.#waiting.push(waiting);
  }

  flush(): void {
    const batch = this.#waiting;
    this.#waiting = [];
    if (this.#failed || !batch.length) return;
    const replies: Buffer[] = [];
    const runAll = () => {
      for (const waiting of batch) replies.push(this.#run(waiting));
    };
    try {
      if (batch.some(({ request }) => isWrite(request.command))) this.engine.store.transaction(runAll);
      else runAll();
    } catch (error) {
      this.#failed = true;
      this.events.fatal(error as Error);
      return;
    }
    this.#answer(batch, replies);
  }

  #run({ request: { command }, connectionId }: Waiting): Buffer {
    try {
      return encodeReply(runCommand({ engine: this.engine, command, connectionId }));
    } catch (error) {
      if (error instanceof StorageError) throw error;
      // A command that fails unexpectedly is answered: it may have been malformed, and what it wrote is whole documents.
      if (!(error instanceof CommandError)) {
        this.events.log(`the command ${Object.keys(command)[0]} failed: ${(error as Error).stack}`);
      }
      return encodeReply(errorReply(error));
    }
  }

  #answer(batch: readonly Waiting[], replies: readonly Buffer[]): void {
    const corked = new Set<Socket>();
    batch.forEach(({ request, socket }, i) => {
      if (request.noReply || socket.destroyed) return;
      if (!corked.has(socket)) socket.cork();
      corked.add(socket);
      const reply = replies[i]!;
      socket.write(replyHeader(request, ++this.#replies, reply.length));
      socket.write(reply);
    });
    for (const socket of corked) socket.uncork();
  }
}
