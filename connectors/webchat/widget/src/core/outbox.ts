import type { ContentPart, FrameAnswer, VisitorFrame } from '@switchboard/contract';
import { browserId } from './ids.ts';
import type { Contact, Store } from './store.ts';

export type MessageFrame = Extract<VisitorFrame, { type: 'message' }>;

/** What a visitor has just written. The time is this browser's. */
export const newMessage = (parts: ContentPart[], contact: Contact): MessageFrame => ({
  type: 'message',
  id: browserId(),
  parts,
  ...(Object.keys(contact).length > 0 ? { contact } : {}),
  at: new Date().toISOString(),
});

export interface Waiting {
  readonly frame: MessageFrame;
  /** The hub refused it for good: it stays, for the visitor to send again or to delete. */
  readonly problem?: string;
}

/** What a send came to. `later`: nothing is lost, it is tried again. */
export type Sent = FrameAnswer | 'later';

interface OutboxPorts {
  /** Runs `work` as soon as no other tab sends what this one would. */
  alone(work: () => Promise<boolean>): Promise<boolean>;
  sent(id: string): void;
  refused(id: string, problem: string): void;
}

/**
 * Messages that the hub has not confirmed. They are kept before they are sent, survive a reload, and go out one after the
 * other with the ids that they were written with, so that the hub knows a repeated one.
 */
export class Outbox {
  readonly #store: Store;
  readonly #send: (frame: MessageFrame) => Promise<Sent>;
  readonly #ports: OutboxPorts;
  #flushing = false;

  constructor(store: Store, send: (frame: MessageFrame) => Promise<Sent>, ports: OutboxPorts) {
    this.#store = store;
    this.#send = send;
    this.#ports = ports;
  }

  list(): Waiting[] {
    const byTime = (one: Waiting, other: Waiting) =>
      one.frame.at.localeCompare(other.frame.at) || one.frame.id.localeCompare(other.frame.id);
    return this.#store.list<Waiting>('out').sort(byTime);
  }

  put(frame: MessageFrame): void {
    this.#store.put('out', frame.id, { frame });
  }

  drop(id: string): void {
    this.#store.drop('out', id);
  }

  /** Sends what waits, oldest first; stops at the first that has to wait. True when nothing is left to send. */
  async flush(): Promise<boolean> {
    if (this.#flushing) return true;
    this.#flushing = true;
    try {
      return await this.#ports.alone(() => this.#sendAll());
    } finally {
      this.#flushing = false;
    }
  }

  async #sendAll(): Promise<boolean> {
    for (let next = this.#next(); next; next = this.#next()) {
      if (!(await this.#settle(next.frame))) return false;
    }
    return true;
  }

  #next(): Waiting | undefined {
    return this.list().find(({ problem }) => problem === undefined);
  }

  async #settle(frame: MessageFrame): Promise<boolean> {
    const answer = await this.#send(frame);
    if (answer === 'later' || (!answer.ok && answer.retryable)) return false;
    if (answer.ok) {
      this.drop(frame.id);
      this.#ports.sent(frame.id);
    } else {
      this.#store.put('out', frame.id, { frame, problem: answer.reason });
      this.#ports.refused(frame.id, answer.reason);
    }
    return true;
  }
}
