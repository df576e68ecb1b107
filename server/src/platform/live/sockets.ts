import { Inject, Injectable } from '@nestjs/common';
import type { Namespace } from 'socket.io';
import type { Log } from '../log/log.ts';
import { LOG } from '../tokens.ts';
import { SlowConsumers } from './slow-consumers.ts';

/** Emits to rooms of the Socket.IO namespaces, on whichever process their sockets are. Gateways attach theirs at start. */
@Injectable()
export class Sockets {
  private readonly spaces = new Map<string, Namespace>();
  private readonly slow: SlowConsumers;

  constructor(@Inject(LOG) log: Log) {
    this.slow = new SlowConsumers(log);
  }

  attach(name: string, space: Namespace): void {
    this.spaces.set(name, space);
    space.on('connection', (socket) => this.slow.watch(socket, name));
  }

  /** To several rooms: a socket that is in more than one of them hears it once. */
  emit(name: string, room: string | string[], event: string, payload: unknown): void {
    this.space(name).to(room).emit(event, payload);
  }

  /** Only to the sockets of this process, where every process does the same for its own. */
  emitHere(name: string, room: string, event: string, payload: unknown): void {
    this.space(name).local.to(room).emit(event, payload);
  }

  /** True when at least one socket of the room has answered in time. */
  async emitWithAck(name: string, room: string, event: string, payload: unknown, timeoutMs: number): Promise<boolean> {
    const space = this.space(name);
    const sockets = await space.in(room).fetchSockets();
    if (sockets.length === 0) return false;
    try {
      await Promise.any(sockets.map((socket) => socket.timeout(timeoutMs).emitWithAck(event, payload)));
      return true;
    } catch {
      // Every socket was silent for the whole time: it is gone, or its page sleeps.
      return false;
    }
  }

  /** What their gateways keep with the sockets of a room, on all processes. */
  async dataOf(name: string, room: string): Promise<Record<string, unknown>[]> {
    const sockets = await this.space(name).in(room).fetchSockets();
    return sockets.map(({ data }) => data as Record<string, unknown>);
  }

  /** Whoever is in the room, but in none of the others, leaves it. */
  leave(name: string, room: string, unlessIn: string[]): void {
    this.space(name).in(room).except(unlessIn).socketsLeave(room);
  }

  /** Ends the sockets of a room, on all processes. */
  disconnect(name: string, room: string): void {
    this.space(name).in(room).disconnectSockets(true);
  }

  /** In the room, of this process. */
  countHere(name: string, room: string): number {
    return this.space(name).adapter.rooms.get(room)?.size ?? 0;
  }

  /** Connected to this process, by namespace. */
  counts(): Record<string, number> {
    return Object.fromEntries([...this.spaces].map(([name, space]) => [name, space.sockets.size]));
  }

  /** Cut off by this process because they did not read. */
  dropped(): number {
    return this.slow.dropped;
  }

  private space(name: string): Namespace {
    const space = this.spaces.get(name);
    if (space === undefined) throw new Error(`No gateway has attached the namespace ${name}`);
    return space;
  }
}
