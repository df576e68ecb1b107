import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import type {
  ServerToVisitor,
  VisitorFrame,
  VisitorHello,
  VisitorMessage,
  VisitorPush,
  VisitorRefusal,
  VisitorToServer,
  VisitorWelcome,
} from '@switchboard/contract';
import type { Sent } from '../core/outbox.ts';

export type ConnectionState = 'connecting' | 'connected' | 'reconnecting' | 'refused';

interface ConnectionEvents {
  hello(): VisitorHello;
  state(state: ConnectionState): void;
  welcome(welcome: VisitorWelcome): void;
  push(push: VisitorPush): void;
  /** True: what the hello says has been put right, try again. */
  refused(refusal: VisitorRefusal): boolean;
}

const answerMs = 10_000;
const firstRetryMs = 1000;
const lastRetryMs = 30_000;

const reasons = ['origin', 'token', 'identity', 'account'] as const satisfies VisitorRefusal['reason'][];

/** A refusal in one word. Anything else may pass: a lost line, too many at once. */
const refusalOf = (message: string): VisitorRefusal | null => {
  const reason = reasons.find((one) => one === message);
  return reason ? { reason, message: `the hub refuses this page (${reason})` } : null;
};

export class Connection {
  readonly #socket: Socket<ServerToVisitor, VisitorToServer>;
  readonly #events: ConnectionEvents;
  #retryMs = firstRetryMs;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(base: string, events: ConnectionEvents) {
    const { origin, pathname } = new URL(base);
    this.#events = events;
    this.#socket = io(`${origin}/visitor`, {
      path: `${pathname}socket.io`,
      auth: (give) => give(events.hello()),
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      forceNew: true,
      reconnectionDelay: 500,
      reconnectionDelayMax: 5000,
    });
    this.#socket.on('welcome', (welcome) => {
      this.#retryMs = firstRetryMs;
      events.welcome(welcome);
      events.state('connected');
    });
    this.#socket.on('push', (push, ack?: () => void) => {
      events.push(push);
      // What another tab sent comes without a wish for an answer.
      ack?.();
    });
    this.#socket.on('disconnect', () => {
      events.state('reconnecting');
      this.#retryIfLeftAlone();
    });
    this.#socket.on('connect_error', (error) => this.#failed(error));
  }

  /** With a changed hello: another visitor. */
  restart(): void {
    clearTimeout(this.#retry);
    this.#socket.disconnect();
    this.#socket.connect();
  }

  close(): void {
    clearTimeout(this.#retry);
    this.#socket.off();
    this.#socket.disconnect();
  }

  async send(frame: VisitorFrame): Promise<Sent> {
    if (!this.#socket.connected) return 'later';
    try {
      return await this.#socket.timeout(answerMs).emitWithAck('frame', frame);
    } catch {
      // No answer: it may have arrived. The same id goes out again and the hub knows it.
      return 'later';
    }
  }

  /** Worthless once it is late, such as typing. */
  mention(frame: VisitorFrame): void {
    this.#socket.volatile.emit('frame', frame, () => undefined);
  }

  async older(before: string): Promise<{ messages: VisitorMessage[]; hasOlder: boolean } | null> {
    if (!this.#socket.connected) return null;
    try {
      return await this.#socket.timeout(answerMs).emitWithAck('older', before);
    } catch {
      return null;
    }
  }

  #failed(error: Error & { data?: VisitorRefusal }): void {
    const refusal = error.data ?? refusalOf(error.message);
    if (!refusal) {
      this.#events.state('reconnecting');
      this.#retryIfLeftAlone();
    } else if (this.#events.refused(refusal)) {
      this.#socket.connect();
    } else {
      this.#events.state('refused');
    }
  }

  /** Socket.IO itself tries again after a broken line, but not after the hub hung up or turned us away. */
  #retryIfLeftAlone(): void {
    if (this.#socket.active) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#socket.connect(), this.#retryMs * (0.5 + Math.random()));
    this.#retryMs = Math.min(this.#retryMs * 2, lastRetryMs);
  }
}
