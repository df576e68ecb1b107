import type { Floor, FloorAnswer, FloorChange } from '@switchboard/contract';
import { io, type Socket } from 'socket.io-client';
import type { ApiClient } from './api-client.ts';
import { found } from './eventually.ts';

/** The floor as a supervisor's console keeps it: the whole once, then what changes. */
export class FloorWatcher {
  floor: Floor | null = null;
  readonly changes: FloorChange[] = [];
  private readonly socket: Socket;

  constructor(api: ApiClient) {
    this.socket = io(`${api.url}/console`, {
      ...{ transports: ['websocket'], reconnection: false, forceNew: true },
      extraHeaders: { cookie: api.cookieHeader, origin: api.url },
    });
    this.socket.on('floor', (change: FloorChange) => {
      this.changes.push(change);
      if (this.floor) this.floor = merged(this.floor, change);
    });
  }

  async watch(): Promise<FloorAnswer['kind']> {
    const answer = (await this.socket.timeout(10_000).emitWithAck('watchFloor')) as FloorAnswer;
    if (answer.kind === 'floor') {
      const { kind: _, ...floor } = answer;
      this.floor = this.changes.filter(({ seq }) => seq > floor.seq).reduce(merged, floor);
    }
    return answer.kind;
  }

  queue(id: string) {
    return found(
      'the queue',
      this.floor?.queues.find((queue) => queue.id === id),
    );
  }
  agent(id: string) {
    return found(
      'the agent',
      this.floor?.agents.find((agent) => agent.id === id),
    );
  }

  close(): void {
    this.socket.disconnect();
  }
}

function merged<T extends Floor>(floor: T, change: FloorChange): T {
  const rows = <R extends { id: string }>(held: R[], changed: R[]) => [
    ...held.filter(({ id }) => !change.gone.includes(id) && !changed.some((row) => row.id === id)),
    ...changed,
  ];
  return {
    ...floor,
    ...{ seq: change.seq, asOf: change.asOf },
    queues: rows(floor.queues, change.queues),
    agents: rows(floor.agents, change.agents),
    tickets: rows(floor.tickets, change.tickets),
  };
}
