import { Long } from 'bson';
import { CommandError } from '../errors.ts';
import type { Doc } from '../values/types.ts';
import { Reply, ReplyArray } from './reply.ts';

export interface Cursor {
  namespace: string;
  /** The next document of the result as BSON, or null at its end. */
  next(): Buffer | null;
  /** The command that read from it ends. */
  pause?(): void;
}

interface OpenCursor {
  cursor: Cursor;
  /** The document that was read to learn that there are more. */
  ahead: Buffer;
  usedAt: number;
}

export const FIRST_BATCH = 101;
/** A reply stays well under the 48 MB of a message, even with a document of 16 MB as its last. */
const BATCH_BYTES = 12 * 2 ** 20;
const IDLE_MS = 10 * 60_000;

/** Results that did not fit into one reply. They live in memory: gone after a restart, as after a failover. */
export class Cursors {
  readonly #open = new Map<number, OpenCursor>();
  #lastId = 1000;

  constructor(private readonly now: () => number = Date.now) {}

  /** The first reply to a query. `single`: the client wants no more than this. */
  start(cursor: Cursor, size: number, single = false): Doc {
    const first = cursor.next();
    const { batch, ahead } = this.#fill(cursor, first, size);
    if (!ahead || single) return reply('firstBatch', batch, 0, cursor.namespace);
    const id = ++this.#lastId;
    this.#open.set(id, { cursor, ahead, usedAt: this.now() });
    return reply('firstBatch', batch, id, cursor.namespace);
  }

  more(id: number, size: number): Doc {
    const open = this.#open.get(id);
    if (!open) throw new CommandError(43, 'CursorNotFound', `cursor id ${id} not found`);
    const { batch, ahead } = this.#fill(open.cursor, open.ahead, size);
    if (ahead) this.#open.set(id, { ...open, ahead, usedAt: this.now() });
    else this.#open.delete(id);
    return reply('nextBatch', batch, ahead ? id : 0, open.cursor.namespace);
  }

  #fill(cursor: Cursor, first: Buffer | null, size: number): { batch: Buffer[]; ahead: Buffer | null } {
    const batch: Buffer[] = [];
    let bytes = 0;
    let ahead = first;
    while (ahead && batch.length < size && bytes < BATCH_BYTES) {
      batch.push(ahead);
      bytes += ahead.length;
      ahead = cursor.next();
    }
    cursor.pause?.();
    return { batch, ahead };
  }

  kill(id: number): boolean {
    return this.#open.delete(id);
  }

  dropIdle(): void {
    for (const [id, { usedAt }] of this.#open) if (usedAt < this.now() - IDLE_MS) this.#open.delete(id);
  }
}

function reply(name: 'firstBatch' | 'nextBatch', batch: Buffer[], id: number, ns: string): Doc {
  return { cursor: new Reply({ [name]: new ReplyArray(batch), id: Long.fromNumber(id), ns }), ok: 1 };
}

/** All documents of a result that is known at once. */
export function listCursor(namespace: string, documents: readonly Buffer[]): Cursor {
  let position = 0;
  return { namespace, next: () => documents[position++] ?? null };
}
