import type {
  ConsoleToServer,
  FloorAnswer,
  FloorChange,
  Passing,
  ServerToConsole,
  TicketView,
} from '@switchboard/contract';
import { io, type Socket } from 'socket.io-client';
import { call, distrustConnections, sessionEnded } from '../api/client.ts';
import { type Watcher, Watched } from './watched.ts';

export type LiveState = 'live' | 'catching-up' | 'offline';
interface Listeners {
  /** A ticket as anyone lists it. */
  ticket: (ticket: TicketView) => void;
  passing: (event: Passing) => void;
  floor: (change: FloorChange) => void;
  /** Whether this is the first time or again. */
  connected: () => void;
  /** There may have been events that we missed: read again what is shown. */
  reconnected: () => void | Promise<unknown>;
}

const BEAT_MS = 10_000;
const ANSWER_MS = 4_000;
/** All of a large centre. */
const FLOOR_MS = 10_000;
/** A tab that wakes up must be right within a second: its line is given that long, or a little more where it is a slow one. */
const WAKE_MS = 400;
const SLOWEST_WAKE_MS = 2_000;
/** The computer slept where our own clock stood still this long. */
const SLEPT_MS = 3 * BEAT_MS;
/** So long the lag of the last change says something about the next. */
const LAG_MS = 30_000;

/** The one socket. It knows tickets' changes and their order, and no feature. */
class Live {
  #socket: Socket<ServerToConsole, ConsoleToServer> | null = null;
  #state = $state<LiveState>('offline');
  #delay = $state<number | null>(null);
  #ahead = $state(0);
  #lag = $state<{ ms: number; at: number } | null>(null);
  #isActive = true;
  #handled: string | null = null;
  #beatenAt = 0;
  #wasConnected = false;
  #beating: ReturnType<typeof setInterval> | undefined;
  readonly #watched = new Map<string, Watched>();
  readonly #listeners: { [K in keyof Listeners]: Set<Listeners[K]> } = {
    ticket: new Set(),
    passing: new Set(),
    floor: new Set(),
    connected: new Set(),
    reconnected: new Set(),
  };

  get state(): LiveState {
    return this.#state;
  }
  /** Milliseconds there and back; null: not measured yet. */
  get delay(): number | null {
    return this.#delay;
  }
  /** Milliseconds from a change to here, of the last one that came; null: none came lately. */
  get lag(): number | null {
    return this.#lag?.ms ?? null;
  }
  /** How far the server's clock is ahead of this computer's, in milliseconds. */
  get ahead(): number {
    return this.#ahead;
  }

  /** Once signed in. */
  start(): void {
    if (this.#socket) return;
    const socket: Socket<ServerToConsole, ConsoleToServer> = io('/console', {
      transports: ['websocket', 'polling'],
      reconnectionDelay: 300,
      reconnectionDelayMax: 5_000,
    });
    this.#socket = socket;
    socket.on('connect', () => void this.#onConnect());
    socket.on('disconnect', (reason) => this.#onDisconnect(reason));
    socket.on('connect_error', () => void this.#onRefused());
    socket.on('signedOut', sessionEnded);
    socket.on('ticket', ({ ticket }) => {
      this.#measure(ticket);
      this.#listeners.ticket.forEach((heard) => heard(ticket));
    });
    socket.on('floor', (change) => this.#listeners.floor.forEach((heard) => heard(change)));
    socket.on('passing', (event) => this.#listeners.passing.forEach((heard) => heard(event)));
    socket.on('entries', (change) => this.#watched.get(change.ticketId)?.offer(change));
    this.#beatenAt = Date.now();
    this.#beating = setInterval(() => this.#pulse(), BEAT_MS);
    document.addEventListener('visibilitychange', this.#wake);
    document.addEventListener('resume', this.#wake);
    addEventListener('online', this.#wake);
    addEventListener('offline', this.#wake);
  }

  /** On sign-out. */
  stop(): void {
    clearInterval(this.#beating);
    document.removeEventListener('visibilitychange', this.#wake);
    document.removeEventListener('resume', this.#wake);
    removeEventListener('online', this.#wake);
    removeEventListener('offline', this.#wake);
    this.#socket?.disconnect();
    this.#socket = null;
    this.#wasConnected = false;
    this.#state = 'offline';
  }

  on<K extends keyof Listeners>(event: K, listener: Listeners[K]): () => void {
    this.#listeners[event].add(listener);
    return () => this.#listeners[event].delete(listener);
  }

  /** Keeps a ticket right from `seq` on until the returned function is called. */
  watch(ticketId: string, seq: number, watcher: Watcher): () => void {
    const watched = new Watched(seq, watcher, {
      ask: (since) => this.#connected().timeout(ANSWER_MS).emitWithAck('watch', ticketId, since),
      connected: () => this.#socket?.connected ?? false,
      later: (ms, run) => {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
    });
    this.#watched.get(ticketId)?.stop();
    this.#watched.set(ticketId, watched);
    if (this.#socket?.connected) void watched.catchUp();
    return () => {
      watched.stop();
      if (this.#watched.get(ticketId) !== watched) return;
      this.#watched.delete(ticketId);
      if (this.#socket?.connected) this.#socket.emit('unwatch', ticketId);
    };
  }

  /** The whole of the floor; its changes come as `floor` from here on. Rejects without connection or answer. */
  async watchFloor(): Promise<FloorAnswer> {
    return this.#connected().timeout(FLOOR_MS).emitWithAck('watchFloor');
  }
  unwatchFloor(): void {
    if (this.#socket?.connected) this.#socket.emit('unwatchFloor');
  }

  /** Tells customer and colleagues. Not kept: without a connection it is worth nothing. */
  typing(ticketId: string, typing: boolean): void {
    if (this.#socket?.connected) this.#socket.emit('typing', ticketId, typing);
  }

  /** Whether somebody is at this browser. */
  active(isActive: boolean): void {
    this.#isActive = isActive;
    if (this.#socket?.connected) this.#socket.emit('active', isActive);
  }

  /** The ticket that a person has before them in this tab; said again, it takes the word from another tab. */
  handling(ticketId: string | null): void {
    if (ticketId === null && this.#handled === null) return;
    this.#handled = ticketId;
    if (this.#socket?.connected) this.#socket.emit('handling', ticketId);
  }

  #connected(): Socket<ServerToConsole, ConsoleToServer> {
    if (!this.#socket?.connected) throw new Error('Not connected');
    return this.#socket;
  }

  async #onConnect(): Promise<void> {
    this.#state = 'catching-up';
    void this.#beat(ANSWER_MS);
    this.#listeners.connected.forEach((heard) => heard());
    this.active(this.#isActive);
    if (this.#handled !== null) this.handling(this.#handled);
    await this.#verify(this.#wasConnected);
    this.#wasConnected = true;
    if (this.#socket?.connected) this.#state = 'live';
  }

  /** Asks for what was missed: always of the open tickets; of the lists where events may have been lost. */
  async #verify(lists: boolean): Promise<void> {
    const asked = [...this.#watched.values()].map((watched) => watched.catchUp());
    const read = lists ? [...this.#listeners.reconnected].map((heard) => heard()) : [];
    await Promise.allSettled([...asked, ...read]);
  }

  #onDisconnect(reason: string): void {
    this.#state = 'offline';
    this.#delay = null;
    this.#lag = null;
    // The server closed it on purpose (deploy, session): socket.io leaves reconnecting to us.
    if (reason === 'io server disconnect') void this.#onRefused();
  }

  /** Refused for good, or only unreachable? The session says which. */
  async #onRefused(): Promise<void> {
    this.#state = 'offline';
    const socket = this.#socket;
    if (!socket || socket.active) return;
    await call('session.read').catch((problem: { status?: number }) => {
      if (problem.status === 401) sessionEnded();
    });
    setTimeout(() => this.#socket === socket && socket.connect(), 1000);
  }

  readonly #wake = (): void => {
    if (document.visibilityState !== 'visible' || !this.#socket) return;
    if (!this.#socket.connected) {
      // Don't sit out the back-off: the person is looking.
      if (navigator.onLine) this.#socket.disconnect().connect();
      return;
    }
    void this.#beat(Math.min(SLOWEST_WAKE_MS, Math.max(WAKE_MS, 4 * (this.#delay ?? 0))));
    void this.#verify(false);
  };

  #pulse(): void {
    const slept = Date.now() - this.#beatenAt > SLEPT_MS;
    this.#beatenAt = Date.now();
    if (this.#lag && Date.now() - this.#lag.at > LAG_MS) this.#lag = null;
    if (slept) this.#wake();
    else void this.#beat(ANSWER_MS);
  }

  /** Only once both clocks have been compared. */
  #measure({ updatedAt }: TicketView): void {
    if (this.#delay === null) return;
    const ms = Date.now() + this.#ahead - Date.parse(updatedAt);
    this.#lag = { ms: Math.max(0, Math.round(ms)), at: Date.now() };
  }

  async #beat(limit: number): Promise<void> {
    const socket = this.#socket;
    if (!socket?.connected) return;
    const asked = performance.now();
    try {
      const serverTime = await socket.timeout(limit).emitWithAck('beat');
      const delay = performance.now() - asked;
      this.#delay = Math.round(delay);
      this.#ahead = Math.round(serverTime - (Date.now() - delay / 2));
    } catch {
      // Half-open after sleep or a change of network: a new connection is faster than waiting for the time-out.
      if (!socket.connected || this.#socket !== socket) return;
      distrustConnections();
      socket.disconnect().connect();
    }
  }
}

export const live = new Live();
